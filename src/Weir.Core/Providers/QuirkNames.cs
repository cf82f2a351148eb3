using System.Text.Json;
using Weir.Core.Dialects;

namespace Weir.Core.Providers;

/// <summary>The names quirks go by in the provider table: members of <see cref="UpstreamQuirks"/> in camel case.</summary>
internal static class QuirkNames
{
    /// <summary>The words for forms of prefill.</summary>
    public static (string Word, PrefillForm Value)[] Prefills =>
        [("plain", PrefillForm.Plain), ("prefix", PrefillForm.Prefix), ("echoed-prefix", PrefillForm.EchoedPrefix), ("continue-final-message", PrefillForm.ContinueFinalMessage)];

    /// <summary>The quirks with one changed, or null when no quirk has that name.</summary>
    public static UpstreamQuirks? With(UpstreamQuirks quirks, string name, JsonElement value) => name switch
    {
        "supportsIncludeUsage" => quirks with { SupportsIncludeUsage = value.GetBoolean() },
        "usesMaxCompletionTokens" => quirks with { UsesMaxCompletionTokens = value.GetBoolean() },
        "supportsDeveloperRole" => quirks with { SupportsDeveloperRole = value.GetBoolean() },
        "reasoningOutsideCompletion" => quirks with { ReasoningOutsideCompletion = value.GetBoolean() },
        "supportsParallelToolCalls" => quirks with { SupportsParallelToolCalls = value.GetBoolean() },
        "supportsJsonSchema" => quirks with { SupportsJsonSchema = value.GetBoolean() },
        "supportsReasoningEffort" => quirks with { SupportsReasoningEffort = value.GetBoolean() },
        "requiredToolChoiceWord" => quirks with { RequiredToolChoiceWord = value.GetString()! },
        "deepSeekCacheCounters" => quirks with { DeepSeekCacheCounters = value.GetBoolean() },
        "acceptsReasoningContent" => quirks with { AcceptsReasoningContent = value.GetBoolean() },
        "nineCharacterToolIds" => quirks with { NineCharacterToolIds = value.GetBoolean() },
        "acceptsThinkingParts" => quirks with { AcceptsThinkingParts = value.GetBoolean() },
        "deploymentPaths" => quirks with { DeploymentPaths = value.GetBoolean() },
        "supportsThinkingBudget" => quirks with { SupportsThinkingBudget = value.GetBoolean() },
        "supportsSamplingParameters" => quirks with { SupportsSamplingParameters = value.GetBoolean() },
        "bareTokenCounts" => quirks with { BareTokenCounts = value.GetBoolean() },
        "prefill" => Prefills.FirstOrDefault(p => p.Word == value.GetString()) is { Word: not null } known ? quirks with { Prefill = known.Value } : null,
        "reasoningVendor" => quirks with { ReasoningVendor = value.GetString()! },
        _ => null,
    };
}
