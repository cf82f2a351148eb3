using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;

namespace Weir.Core.Dialects;

/// <summary>What is known of an answer while and after it passes: the same whether it was tapped or translated.</summary>
public sealed class ResponseFacts
{
    private long _outputBytesCounted;
    private long _reasoningBytesCounted;

    /// <summary>Model and tool content has begun: the commit point. Start-up events and pings do not count.</summary>
    public bool ContentStarted { get; set; }

    /// <summary>The upstream's own end marker was seen (or the whole body read and well formed).</summary>
    public bool IsComplete { get; set; }

    /// <summary>
    /// Whatever the model had to say has come, and servers of this dialect may end there without an end marker: a body that
    /// closes in order now is whole, one that breaks off is cut.
    /// </summary>
    public bool MayEndUnmarked { get; set; }

    /// <summary>Usage as reported, last one wins; null while nothing was reported.</summary>
    public Usage? Usage
    {
        get;
        set
        {
            field = value;
            (_outputBytesCounted, _reasoningBytesCounted) = (OutputTextBytes, ReasoningTextBytes);
        }
    }

    /// <summary>Visible output bytes that came after the last usage report: what a cut stream still owes an estimate for.</summary>
    public long OutputTextBytesSinceUsage => OutputTextBytes - _outputBytesCounted;

    /// <summary>Reasoning bytes that came after the last usage report.</summary>
    public long ReasoningTextBytesSinceUsage => ReasoningTextBytes - _reasoningBytesCounted;

    /// <summary>The reported usage is final, not a running count (a cut stream may have only running counts).</summary>
    public bool UsageIsFinal { get; set; }

    /// <summary>The usage was counted here by the unit that is billed; the upstream reported none.</summary>
    public bool UsageIsCounted { get; set; }

    /// <summary>The upstream's own finish word.</summary>
    public string? FinishReason { get; set; }

    /// <summary>The upstream's content policy ended the answer, or did not let it begin.</summary>
    public bool ContentRefused { get => field || RefusalReader.IsRefusal(FinishReason); set; }

    /// <summary>The model that really served.</summary>
    public string? ServedModel { get; set; }

    /// <summary>The upstream's id of this answer.</summary>
    public string? ResponseId { get; set; }

    /// <summary>The container at the provider that tools of this answer ran in, or null.</summary>
    public string? ContainerId { get; set; }

    /// <summary>UTF-8 bytes of visible output seen (text, tool arguments): for estimates of cut streams.</summary>
    public long OutputTextBytes { get; set; }

    /// <summary>UTF-8 bytes of reasoning text seen.</summary>
    public long ReasoningTextBytes { get; set; }

    /// <summary>Objects the answer made known.</summary>
    public IReadOnlyList<ObjectMention> Objects { get; set; } = [];

    /// <summary>What the lines of a batch's result file used, when it is one.</summary>
    public BatchTally? Batch { get; set; }

    /// <summary>An error reported inside a 200, or null.</summary>
    public UpstreamFailure? Failure { get; set; }
}
