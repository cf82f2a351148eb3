using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Routing;

namespace Weir.Core.Spine.Continuations;

/// <summary>Which calls can be continued at all, by what was asked for: judged before anything of the answer is known.</summary>
internal static class ContinuableCalls
{
    /// <summary>Parameters that give an answer another form than plain text, in the words of the dialects; a route may set them.</summary>
    private static readonly string[] Forms =
    [
        "response_format", "text", "output_config", "output_format", "format", "generationConfig", "additionalModelRequestFields",
        "reasoning", "reasoning_effort", "thinking", "think", "tool_choice", "logprobs", "modalities",
    ];

    /// <summary>Why the answer to this call could not be gone on with elsewhere, or null.</summary>
    /// <param name="exchange">The call.</param>
    /// <param name="planned">Where its answer comes from.</param>
    /// <param name="stops">The stop sequences of a call that can be.</param>
    public static string? WhyNot(Exchange exchange, PlannedTarget planned, out IReadOnlyList<string> stops)
    {
        stops = [];
        var facts = exchange.Facts!;
        if (exchange.Operation != Operation.Chat || !facts.Stream)
            return "only streamed conversations can be continued";
        if (facts.Choices > 1)
            return "several answers were asked for";
        if (exchange.ShadowOf is not null)
            return "nobody reads the answer of a copy";
        if (exchange.Plan?.Route?.Overrides?.Parameters.FirstOrDefault(p => Forms.Contains(p.Name)) is { } set)
            return $"the route sets {set.Name}, which gives answers a form";
        if (planned.IsNative && (facts.KeepsAnswer || facts.MayMakeContainer))
            return "the provider keeps what it makes of it, and would keep a part";
        // Responses: sealed reasoning counts only under the id its provider gave the item, and what we write has ids of our own.
        if (planned.IsNative && planned.Dialect is { SigningVendor: not null, ClientsCarryReasoning: false })
            return "its dialect ties sealed reasoning to ids that its provider gives";
        if (!planned.Dialect.CanTranslate || !exchange.Dialect.CanTranslate)
            return "its dialect cannot be translated";
        if (Read(exchange) is not { } request)
            return "the request cannot be translated whole";
        stops = request.StopSequences;
        return WhyNot(request);
    }

    private static string? WhyNot(ModelRequest request) => request switch
    {
        { Choices: > 1 } => "several answers were asked for",
        { Logprobs: true } or { TopLogprobs: > 0 } => "log probabilities were asked for",
        // The grammar that holds a model to a form starts anew with the continuation.
        { ResponseFormat.Kind: not ResponseFormatKind.Text } => "structured output was asked for",
        { Reasoning: { } reasoning } when reasoning.Enabled != false && reasoning.Effort != "none" => "reasoning was asked for, and a continuation would skip it",
        { ToolChoice.Mode: ToolChoiceMode.Required or ToolChoiceMode.Named } => "a tool call was demanded",
        { Messages: [.., { Role: MessageRole.Assistant }] } => "the request ends in the beginning of an answer itself",
        _ => null,
    };

    /// <summary>The request in canon, or null when something in it has no place there.</summary>
    private static ModelRequest? Read(Exchange exchange)
    {
        var notes = new TranslationNotes();
        try
        {
            var request = exchange.Dialect.ReadRequest(exchange.Body.Memory, notes, exchange.Head);
            return notes.HasRefusals ? null : request;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // The provider may take what we cannot read: its answer passes as it does on any other route.
            return null;
        }
    }
}
