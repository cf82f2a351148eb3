namespace Weir.Core.Dialects.BedrockInvoke;

/// <summary>
/// Where the vendors' own bodies have output cap and temperature, by the vendor's part of the model id (Amazon Bedrock user guide,
/// "Inference request parameters and response fields for foundation models").
/// </summary>
internal static class InvokeSampling
{
    private static readonly SamplingMembers Usual = new(["max_tokens"], "temperature");

    private static readonly (string Vendor, SamplingMembers Members)[] Vendors =
    [
        ("anthropic.", new SamplingMembers(["max_tokens", "max_tokens_to_sample"], "temperature") { Thinking = ThinkingBudget.Anthropic }),
        ("amazon.nova", new SamplingMembers(["maxTokens", "max_new_tokens"], "temperature") { Within = ["inferenceConfig"] }),
        ("amazon.titan-text", new SamplingMembers(["maxTokenCount"], "temperature") { Within = ["textGenerationConfig"] }),
        ("meta.", new SamplingMembers(["max_gen_len"], "temperature")),
        ("openai.", new SamplingMembers(["max_completion_tokens", "max_tokens"], "temperature")),
        ("mistral.", Usual),
        ("cohere.command", Usual),
        ("ai21.", Usual),
        ("deepseek.", Usual),
        ("qwen.", Usual),
        ("writer.", Usual),
    ];

    /// <summary>Null for a vendor that is not known here, and for an inference profile whose ARN does not name its model.</summary>
    public static SamplingMembers? Of(string model)
    {
        foreach (var (vendor, members) in Vendors)
        {
            // A region's or account's prefix may stand before it: eu.anthropic.claude…, arn:aws:bedrock:…::foundation-model/anthropic.claude…
            if (model.Contains(vendor, StringComparison.OrdinalIgnoreCase))
                return members;
        }
        return null;
    }
}
