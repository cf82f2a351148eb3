namespace Weir.Core.Configuration;

/// <summary>One kind of mistake: stable code, short title, and what to do about it (the reference page is made of these).</summary>
public sealed record DiagnosticCode(string Code, Severity Severity, string Title, string Explanation);
