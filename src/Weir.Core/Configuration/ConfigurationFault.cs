namespace Weir.Core.Configuration;

/// <summary>A refused configuration: all its diagnostics and when it was refused. The last good one stays in force.</summary>
public sealed record ConfigurationFault(DateTimeOffset At, IReadOnlyList<Diagnostic> Diagnostics);
