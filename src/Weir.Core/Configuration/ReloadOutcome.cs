namespace Weir.Core.Configuration;

/// <summary>What a reload did.</summary>
/// <param name="Kind">Replaced, refused, or nothing to do.</param>
/// <param name="Snapshot">The snapshot in force afterwards.</param>
/// <param name="Diagnostics">Errors and warnings of the newest configuration.</param>
public sealed record ReloadOutcome(ReloadKind Kind, Snapshot Snapshot, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>See <see cref="ReloadOutcome"/>.</summary>
public enum ReloadKind { Unchanged, Replaced, Refused }
