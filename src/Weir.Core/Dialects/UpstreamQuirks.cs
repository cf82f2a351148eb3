namespace Weir.Core.Dialects;

/// <summary>How one provider departs from its dialect. Data: one row of the provider table, never code per provider.</summary>
public sealed record UpstreamQuirks
{
    public static UpstreamQuirks None { get; } = new();

    /// <summary>Understands <c>stream_options.include_usage</c>.</summary>
    public bool SupportsIncludeUsage { get; init; } = true;

    /// <summary>The output cap is called <c>max_completion_tokens</c> (else <c>max_tokens</c>).</summary>
    public bool UsesMaxCompletionTokens { get; init; }

    /// <summary>Knows the <c>developer</c> role (else it becomes <c>system</c>).</summary>
    public bool SupportsDeveloperRole { get; init; }

    /// <summary>Reported completion tokens leave reasoning out (xAI, Gemini's compatible endpoint): add it.</summary>
    public bool ReasoningOutsideCompletion { get; init; }

    /// <summary>Understands <c>parallel_tool_calls</c>.</summary>
    public bool SupportsParallelToolCalls { get; init; } = true;

    /// <summary>Understands <c>response_format: json_schema</c>.</summary>
    public bool SupportsJsonSchema { get; init; } = true;

    /// <summary>Understands <c>reasoning_effort</c>.</summary>
    public bool SupportsReasoningEffort { get; init; } = true;

    /// <summary>Wants its own <c>reasoning_content</c> back in assistant messages (DeepSeek, Moonshot); others refuse the member.</summary>
    public bool AcceptsReasoningContent { get; init; }

    /// <summary>The word for "must call a tool" in <c>tool_choice</c> (<c>required</c>; Mistral: <c>any</c>).</summary>
    public string RequiredToolChoiceWord { get; init; } = "required";

    /// <summary>Sends cache counters as <c>prompt_cache_hit_tokens</c>/<c>prompt_cache_miss_tokens</c> (DeepSeek).</summary>
    public bool DeepSeekCacheCounters { get; init; }

    /// <summary>Refuses tool call ids that are not nine letters or digits (Mistral).</summary>
    public bool NineCharacterToolIds { get; init; }

    /// <summary>Wants its reasoning back as content parts of type <c>thinking</c> (Mistral).</summary>
    public bool AcceptsThinkingParts { get; init; }

    /// <summary>Paths name the model as a deployment, <c>openai/deployments/{model}/chat/completions</c> (Azure OpenAI's older form).</summary>
    public bool DeploymentPaths { get; init; }

    /// <summary>Takes <c>thinking.budget_tokens</c> (else thinking is adaptive and steered by <c>output_config.effort</c>; newer Claude models).</summary>
    public bool SupportsThinkingBudget { get; init; } = true;

    /// <summary>Takes <c>temperature</c>, <c>top_p</c> and <c>top_k</c> (the newest Claude models do not).</summary>
    public bool SupportsSamplingParameters { get; init; } = true;

    /// <summary>Counts of tokens take the prompt bare, not within a <c>generateContentRequest</c> (Vertex AI).</summary>
    public bool BareTokenCounts { get; init; }

    /// <summary>How chat messages say that the last one is to be gone on from; whether the model does is the target's capability.</summary>
    public PrefillForm Prefill { get; init; }

    /// <summary>Whose sealed reasoning the provider's own endpoints make and take back (<c>encrypted_content</c> of OpenAI Responses).</summary>
    public string ReasoningVendor { get; init; } = "openai";
}
