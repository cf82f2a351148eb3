namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>What differs by model family on Bedrock, told by the model id (<c>eu.anthropic.claude…</c>, <c>amazon.nova…</c>).</summary>
internal enum ModelFamily { Other, Claude, Nova, OpenAi }

/// <summary>Finds the family.</summary>
internal static class ModelFamilies
{
    public static ModelFamily Of(string model) =>
        model.Contains("anthropic.", StringComparison.OrdinalIgnoreCase) || model.Contains("claude", StringComparison.OrdinalIgnoreCase) ? ModelFamily.Claude
        : model.Contains("amazon.nova", StringComparison.OrdinalIgnoreCase) ? ModelFamily.Nova
        : model.Contains("openai.", StringComparison.OrdinalIgnoreCase) ? ModelFamily.OpenAi
        : ModelFamily.Other;
}
