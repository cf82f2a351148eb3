namespace Weir.Core.Canon;

/// <summary>
/// One step of an answer, in order, whatever the upstream dialect. A whole (not streamed) answer is the same sequence
/// at once. Blocks do not nest; block indexes rise from 0 in order of opening; several tool-call blocks may be open
/// at the same time (OpenAI chat interleaves them), all other blocks one at a time.
/// </summary>
public abstract record ModelEvent
{
    private ModelEvent() { }

    /// <summary>First event. <paramref name="Model"/> is the model that really serves; ids may be null when the upstream has none.</summary>
    public sealed record Start(string? Id, string? Model, long? CreatedUnixSeconds) : ModelEvent;

    /// <summary>Text, refusal or thinking block opens.</summary>
    public sealed record BlockStart(int Block, BlockKind Kind) : ModelEvent;

    /// <summary>More text of a text, refusal or thinking block.</summary>
    public sealed record TextDelta(int Block, string Text) : ModelEvent;

    /// <summary>Signature of a thinking block, or data of a redacted one.</summary>
    public sealed record Signature(int Block, string Value, string Vendor) : ModelEvent;

    /// <summary>A tool-call block opens.</summary>
    public sealed record ToolCallStart(int Block, string Id, string Name) : ModelEvent
    {
        /// <summary>Signature the vendor put on the call itself (Gemini <c>thoughtSignature</c>), or null.</summary>
        public string? CallSignature { get; init; }

        /// <summary>Who signed, or null.</summary>
        public string? Vendor { get; init; }
    }

    /// <summary>More of the argument text of a tool call (a fragment of JSON text; may be empty).</summary>
    public sealed record ToolArgumentsDelta(int Block, string Fragment) : ModelEvent;

    /// <summary>Log probabilities for the text just sent, in OpenAI chat's form: <c>{"content":[{token, logprob, bytes, top_logprobs}]}</c>.</summary>
    public sealed record Logprobs(int Block, RawJson Json) : ModelEvent;

    /// <summary>A citation or annotation in the source dialect's JSON.</summary>
    public sealed record Citation(int Block, string Dialect, RawJson Json) : ModelEvent;

    /// <summary>A block closes.</summary>
    public sealed record BlockStop(int Block) : ModelEvent;

    /// <summary>Usage so far (cumulative: the last one wins).</summary>
    public sealed record UsageUpdate(Usage Usage) : ModelEvent;

    /// <summary>Generation ended for <paramref name="Reason"/>; <paramref name="Native"/> is the upstream's own word.</summary>
    public sealed record Finish(StopReason Reason, string? Native, string? StopSequence = null) : ModelEvent;

    /// <summary>The upstream's stream closed properly. Without it the answer is cut.</summary>
    public sealed record End : ModelEvent;

    /// <summary>The upstream reported an error inside its stream.</summary>
    public sealed record Error(string? Type, string Message, int? Status) : ModelEvent;
}

/// <summary>What a text-like block carries.</summary>
public enum BlockKind { Text, Thinking, RedactedThinking, Refusal }
