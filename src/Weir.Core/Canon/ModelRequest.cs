namespace Weir.Core.Canon;

/// <summary>
/// A conversation request between dialects. Built only when client and upstream speak different dialects; the
/// same-dialect path forwards bytes. Numbers that only pass through keep their spelling (<see cref="RawJson"/>).
/// </summary>
public sealed record ModelRequest
{
    public required string Model { get; init; }
    public bool Stream { get; init; }
    public IReadOnlyList<Message> Messages { get; init; } = [];
    public IReadOnlyList<ToolSpec> Tools { get; init; } = [];
    public ToolChoice? ToolChoice { get; init; }
    public bool? ParallelToolCalls { get; init; }
    public long? MaxOutputTokens { get; init; }
    public RawJson Temperature { get; init; }
    public RawJson TopP { get; init; }
    public RawJson TopK { get; init; }
    public RawJson Seed { get; init; }
    public RawJson FrequencyPenalty { get; init; }
    public RawJson PresencePenalty { get; init; }
    public RawJson LogitBias { get; init; }
    public bool? Logprobs { get; init; }
    public int? TopLogprobs { get; init; }
    public int? Choices { get; init; }
    public IReadOnlyList<string> StopSequences { get; init; } = [];
    public ResponseFormat? ResponseFormat { get; init; }
    public ReasoningSettings? Reasoning { get; init; }
    public string? Verbosity { get; init; }
    public string? ServiceTier { get; init; }

    /// <summary>The last message is the beginning of the answer: the model goes on from it (prefill).</summary>
    public bool GoesOn { get; init; }

    /// <summary>Stable end-user identifier (OpenAI <c>user</c>/<c>safety_identifier</c>, Anthropic <c>metadata.user_id</c>).</summary>
    public string? UserId { get; init; }
}
