namespace Weir.Simulator.Records;

/// <summary>
/// One finished call. <see cref="Usage"/> is what was served up to the end the call had: the prompt from the first
/// event on, each output token with the event that carried it. A single body that was cut served nothing.
/// </summary>
public sealed record CallRecord
{
    /// <summary>Position in the order of arrival, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary><c>openai.chat</c>, <c>openai.responses</c>, <c>anthropic.messages</c>, <c>gemini.generate</c>, <c>openai.embeddings</c>, <c>replay</c>.</summary>
    public required string Dialect { get; init; }

    public required string Model { get; init; }

    public required int Status { get; init; }

    public required bool Stream { get; init; }

    /// <summary>Events handed to the connection; 1 for a single body.</summary>
    public required int Events { get; init; }

    public required Completion Completion { get; init; }

    /// <summary>The value of the request-id response header.</summary>
    public required string RequestId { get; init; }

    public required ServedUsage Usage { get; init; }

    /// <summary>Tool results in the conversation that was sent.</summary>
    public int ToolResults { get; init; }

    /// <summary>True when the last usage on the wire equals <see cref="Usage"/>, so that both sides know it exactly.</summary>
    public required bool UsageReported { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public CapturedRequest? Request { get; init; }
}
