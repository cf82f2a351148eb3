using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Simulator.Answers;
using Weir.Simulator.Records;

namespace Weir.Simulator.Calls;

/// <summary>A validated request, as far as the answer depends on it.</summary>
internal sealed record DialectRequest
{
    public required string Model { get; init; }

    public required bool Stream { get; init; }

    /// <summary>Text of the last user message with text.</summary>
    public required string UserText { get; init; }

    /// <summary>The beginning of the answer that the model shall go on from, or null.</summary>
    public string? Prefill { get; init; }

    /// <summary>The answer repeats <see cref="Prefill"/> (Mistral).</summary>
    public bool EchoesPrefill { get; init; }

    /// <summary>The prompt, in disjoint classes.</summary>
    public required ServedUsage Input { get; init; }

    public IReadOnlyList<ToolOffer> Tools { get; init; } = [];

    /// <summary>Responses: the tools whose input is plain text.</summary>
    public IReadOnlyList<string> FreeformTools { get; init; } = [];

    /// <summary>Responses: the input's items when the answer is to be stored, or null.</summary>
    public JsonArray? StoredInput { get; init; }

    /// <summary>Responses: the reasoning goes out sealed.</summary>
    public bool SealsThinking { get; init; }

    public ToolDemand ToolDemand { get; init; }

    /// <summary>The one tool the request insists on.</summary>
    public string? NamedTool { get; init; }

    public bool ParallelTools { get; init; } = true;

    /// <summary>Tool results in the conversation; where the last turn brings some, the answer is text unless a plan has more rounds.</summary>
    public ToolHistory ToolHistory { get; init; }

    public int? MaxTokens { get; init; }

    public int Choices { get; init; } = 1;

    /// <summary>The request switches reasoning on.</summary>
    public bool Thinks { get; init; }

    /// <summary>Reasoning is on, but its text is not to be shown.</summary>
    public bool HidesThinking { get; init; }

    /// <summary>The answer must be JSON; for <see cref="AnswerSchema"/> when that is defined.</summary>
    public bool WantsJson { get; init; }

    public JsonElement AnswerSchema { get; init; }

    /// <summary>Chat: the client asked for a usage chunk.</summary>
    public bool AsksUsage { get; init; }

    /// <summary>Chat: log probabilities wanted, with this many alternatives.</summary>
    public int? LogProbs { get; init; }

    public string? ServiceTier { get; init; }
}
