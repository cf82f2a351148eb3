namespace Weir.Core.Upstream.Auth;

/// <summary>No credential could be had. The message is for operators: it names places and statuses, never values.</summary>
public sealed class CredentialException(string message, Exception? inner = null) : Exception(message, inner);
