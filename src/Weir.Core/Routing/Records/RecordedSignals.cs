using System.Collections.Frozen;

namespace Weir.Core.Routing.Records;

/// <summary>
/// The content signals of a recorded call, as far as its decision had asked for them. What nobody asked for then cannot be
/// found out now, as content is not kept: asking for it is noted in <see cref="Missing"/>.
/// </summary>
public sealed class RecordedSignals(ContentSignals known) : IContentSignals
{
    /// <summary>Signals that were asked for and are not in the record.</summary>
    public SignalKinds Missing { get; private set; }

    public SignalKinds Read => known.Read;

    public string? Intent => Has(SignalKinds.Intent) ? known.Intent : null;

    public double IntentConfidence => Has(SignalKinds.Intent) ? known.IntentConfidence : 0;

    public double? Difficulty => Has(SignalKinds.Difficulty) ? known.Difficulty : null;

    public bool? PrefersStrong => Has(SignalKinds.Strength) ? known.PrefersStrong : null;

    public string? Language => Has(SignalKinds.Language) ? known.Language : null;

    public IReadOnlySet<string> Findings => Has(SignalKinds.Findings) ? known.Findings : FrozenSet<string>.Empty;

    private bool Has(SignalKinds kind)
    {
        if (known.Read.HasFlag(kind))
            return true;
        Missing |= kind;
        return false;
    }
}
