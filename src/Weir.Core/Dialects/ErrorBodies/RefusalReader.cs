using System.Collections.Frozen;

namespace Weir.Core.Dialects.ErrorBodies;

/// <summary>
/// Recognises refusals that another model could answer, by code where providers have one and by the words of those that
/// have none. Words are matched only on statuses that refuse a request, so that no model's text can pass for one.
/// </summary>
public static class RefusalReader
{
    /// <summary>
    /// OpenAI, Azure, Groq, vLLM ("maximum context length"); Anthropic ("prompt is too long: N tokens", "exceed context limit");
    /// Gemini ("input token count (N) exceeds the maximum number of tokens"); Bedrock ("Input is too long", "too many input tokens");
    /// Cohere ("too many tokens"); Mistral ("too large for model with N maximum context length"); xAI ("maximum prompt length");
    /// TGI and Together ("`inputs` tokens + `max_new_tokens` must be &lt;=").
    /// </summary>
    private static readonly string[] TooLong =
    [
        "maximum context length", "context length exceeded", "exceeds the context window", "exceed context limit", "context window exceeded",
        "prompt is too long", "input is too long", "input length and `max_tokens`", "exceeds the maximum number of tokens", "too many input tokens",
        "too many tokens", "maximum prompt length", "`inputs` tokens + `max_new_tokens`", "reduce the length of the messages",
    ];

    private static readonly string[] TooLongCodes = ["context_length_exceeded", "context_window_exceeded", "model_context_window_exceeded", "exceed_context_size_error"];

    private static readonly string[] PolicyCodes =
        ["content_policy_violation", "content_filter", "responsibleaipolicyviolation", "content_filtered", "moderation_blocked", "data_inspection_failed", "prompt_blocked"];

    private static readonly string[] Policy =
        ["content management policy", "content policy", "flagged by our moderation", "requires moderation", "blocked by content filter", "violates our usage polic", "output blocked by content filtering"];

    /// <summary>Finish words of answers that a content policy ended: OpenAI, Azure; Bedrock; Anthropic; Cohere; Gemini.</summary>
    private static readonly FrozenSet<string> RefusalFinishes = FrozenSet.Create(StringComparer.Ordinal,
        "content_filter", "content_filtered", "guardrail_intervened", "refusal", "ERROR_TOXIC",
        "SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR", "JAILBREAK",
        "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION");

    /// <summary>An answer that ended with this word was refused for its content.</summary>
    public static bool IsRefusal(string? finishReason) => finishReason is not null && RefusalFinishes.Contains(finishReason);

    public static RefusalKind Read(UpstreamFailure failure)
    {
        if (failure.Status is not (0 or 400 or 403 or 404 or 413 or 422))
            return RefusalKind.Other;
        if (IsOneOf(failure, TooLongCodes))
            return RefusalKind.ContextTooLong;
        if (IsOneOf(failure, PolicyCodes))
            return RefusalKind.ContentPolicy;
        if (failure.Status == 404)
            return IsOneOf(failure, ["model_not_found", "DeploymentNotFound"]) || Says(failure, ["model"]) ? RefusalKind.ModelUnknown : RefusalKind.Other;
        if (Says(failure, TooLong))
            return RefusalKind.ContextTooLong;
        return Says(failure, Policy) ? RefusalKind.ContentPolicy : RefusalKind.Other;
    }

    private static bool IsOneOf(UpstreamFailure failure, ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (word.Equals(failure.Code, StringComparison.OrdinalIgnoreCase) || word.Equals(failure.Type, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static bool Says(UpstreamFailure failure, ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            if (failure.Message?.Contains(phrase, StringComparison.OrdinalIgnoreCase) == true)
                return true;
        }
        return false;
    }
}
