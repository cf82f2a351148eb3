using System.Collections.Frozen;

namespace Weir.Core.Routing;

/// <summary>Signals with given values: of recorded calls, and of calls nobody looked into.</summary>
public sealed record ContentSignals : IContentSignals
{
    public static ContentSignals Unknown { get; } = new() { Read = SignalKinds.None };

    public string? Intent { get; init; }
    public double IntentConfidence { get; init; }
    public double? Difficulty { get; init; }
    public bool? PrefersStrong { get; init; }
    public string? Language { get; init; }
    public IReadOnlySet<string> Findings { get; init; } = FrozenSet<string>.Empty;

    /// <summary>All of them: values that are given were found out by somebody.</summary>
    public SignalKinds Read { get; init; } = SignalKinds.All;
}
