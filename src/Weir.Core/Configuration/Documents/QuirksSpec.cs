using Weir.Core.Configuration.Shapes;
using Weir.Core.Dialects;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Documents;

/// <summary>Overrides of the provider table's quirks; null = as the table says.</summary>
public sealed record QuirksSpec
{
    public bool? SupportsIncludeUsage { get; init; }
    public bool? UsesMaxCompletionTokens { get; init; }
    public bool? SupportsDeveloperRole { get; init; }
    public bool? ReasoningOutsideCompletion { get; init; }
    public bool? SupportsParallelToolCalls { get; init; }
    public bool? SupportsJsonSchema { get; init; }
    public bool? SupportsReasoningEffort { get; init; }
    public string? RequiredToolChoiceWord { get; init; }
    public bool? DeepSeekCacheCounters { get; init; }
    public bool? AcceptsReasoningContent { get; init; }
    public bool? NineCharacterToolIds { get; init; }
    public bool? AcceptsThinkingParts { get; init; }
    public bool? DeploymentPaths { get; init; }
    public bool? SupportsThinkingBudget { get; init; }
    public bool? SupportsSamplingParameters { get; init; }
    public PrefillForm? Prefill { get; init; }
    public string? ReasoningVendor { get; init; }

    public static RecordShape<QuirksSpec> Shape { get; } = new RecordShape<QuirksSpec>("quirks", "How an endpoint departs from its dialect. Each key left out is as the provider table says for the kind.", new QuirksSpec())
        .Optional("supportsIncludeUsage", ShapeOf.Bool, "Understands stream_options.include_usage.", (s, v) => s with { SupportsIncludeUsage = v })
        .Optional("usesMaxCompletionTokens", ShapeOf.Bool, "The output cap is called max_completion_tokens, not max_tokens.", (s, v) => s with { UsesMaxCompletionTokens = v })
        .Optional("supportsDeveloperRole", ShapeOf.Bool, "Knows the developer role; otherwise it is sent as system.", (s, v) => s with { SupportsDeveloperRole = v })
        .Optional("reasoningOutsideCompletion", ShapeOf.Bool, "Reported completion tokens leave reasoning tokens out.", (s, v) => s with { ReasoningOutsideCompletion = v })
        .Optional("supportsParallelToolCalls", ShapeOf.Bool, "Understands parallel_tool_calls.", (s, v) => s with { SupportsParallelToolCalls = v })
        .Optional("supportsJsonSchema", ShapeOf.Bool, "Understands response_format of type json_schema.", (s, v) => s with { SupportsJsonSchema = v })
        .Optional("supportsReasoningEffort", ShapeOf.Bool, "Understands reasoning_effort.", (s, v) => s with { SupportsReasoningEffort = v })
        .Optional("requiredToolChoiceWord", ShapeOf.Choice("word", ("required", "required"), ("any", "any")), "The word for \"must call a tool\" in tool_choice.", (s, v) => s with { RequiredToolChoiceWord = v })
        .Optional("deepSeekCacheCounters", ShapeOf.Bool, "Counts cached tokens as prompt_cache_hit_tokens and prompt_cache_miss_tokens.", (s, v) => s with { DeepSeekCacheCounters = v })
        .Optional("acceptsReasoningContent", ShapeOf.Bool, "Wants its own reasoning_content back in assistant messages; others refuse it.", (s, v) => s with { AcceptsReasoningContent = v })
        .Optional("nineCharacterToolIds", ShapeOf.Bool, "Refuses tool call ids that are not nine letters or digits.", (s, v) => s with { NineCharacterToolIds = v })
        .Optional("acceptsThinkingParts", ShapeOf.Bool, "Wants its reasoning back as content parts of type thinking.", (s, v) => s with { AcceptsThinkingParts = v })
        .Optional("deploymentPaths", ShapeOf.Bool, "Paths name the model as a deployment: openai/deployments/MODEL/chat/completions.", (s, v) => s with { DeploymentPaths = v })
        .Optional("supportsThinkingBudget", ShapeOf.Bool, "Takes thinking.budget_tokens; otherwise thinking is adaptive and steered by effort.", (s, v) => s with { SupportsThinkingBudget = v })
        .Optional("supportsSamplingParameters", ShapeOf.Bool, "Takes temperature, top_p and top_k.", (s, v) => s with { SupportsSamplingParameters = v })
        .Optional("prefill", ShapeOf.Choice("form", QuirkNames.Prefills), "How chat messages say that the model shall go on from the last one. plain: by its place; prefix: prefix: true; echoed-prefix: the same, and the answer repeats it; continue-final-message: continue_final_message: true.", (s, v) => s with { Prefill = v })
        .Optional("reasoningVendor", ShapeOf.Text, "Whose sealed reasoning the endpoint makes and takes back (OpenAI Responses: encrypted_content). Endpoints of one vendor share a word.", (s, v) => s with { ReasoningVendor = v });

    /// <summary>The table's row with these overrides.</summary>
    public UpstreamQuirks Over(UpstreamQuirks table) => table with
    {
        SupportsIncludeUsage = SupportsIncludeUsage ?? table.SupportsIncludeUsage,
        UsesMaxCompletionTokens = UsesMaxCompletionTokens ?? table.UsesMaxCompletionTokens,
        SupportsDeveloperRole = SupportsDeveloperRole ?? table.SupportsDeveloperRole,
        ReasoningOutsideCompletion = ReasoningOutsideCompletion ?? table.ReasoningOutsideCompletion,
        SupportsParallelToolCalls = SupportsParallelToolCalls ?? table.SupportsParallelToolCalls,
        SupportsJsonSchema = SupportsJsonSchema ?? table.SupportsJsonSchema,
        SupportsReasoningEffort = SupportsReasoningEffort ?? table.SupportsReasoningEffort,
        RequiredToolChoiceWord = RequiredToolChoiceWord ?? table.RequiredToolChoiceWord,
        DeepSeekCacheCounters = DeepSeekCacheCounters ?? table.DeepSeekCacheCounters,
        AcceptsReasoningContent = AcceptsReasoningContent ?? table.AcceptsReasoningContent,
        NineCharacterToolIds = NineCharacterToolIds ?? table.NineCharacterToolIds,
        AcceptsThinkingParts = AcceptsThinkingParts ?? table.AcceptsThinkingParts,
        DeploymentPaths = DeploymentPaths ?? table.DeploymentPaths,
        SupportsThinkingBudget = SupportsThinkingBudget ?? table.SupportsThinkingBudget,
        SupportsSamplingParameters = SupportsSamplingParameters ?? table.SupportsSamplingParameters,
        Prefill = Prefill ?? table.Prefill,
        ReasoningVendor = ReasoningVendor ?? table.ReasoningVendor,
    };
}
