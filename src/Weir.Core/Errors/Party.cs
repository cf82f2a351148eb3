namespace Weir.Core.Errors;

/// <summary>Whose doing a failure is.</summary>
public enum Party { Client, Gateway, Upstream, Operator }
