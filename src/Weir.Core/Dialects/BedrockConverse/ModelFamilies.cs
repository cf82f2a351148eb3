namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>What differs by model family on Bedrock, told by the model id (<c>eu.anthropic.claude…</c>, <c>amazon.nova…</c>).</summary>
internal enum ModelFamily { Other, Claude, Nova, OpenAi }

/// <summary>Finds the family.</summary>
internal static class ModelFamilies
{
    private static readonly string[] Geographies = ["us.", "us-gov.", "eu.", "apac.", "jp.", "au.", "ca.", "global."];

    /// <summary>The model behind an inference profile that spans regions: what counts tokens knows models only.</summary>
    public static string WithoutGeography(string model) =>
        Array.Find(Geographies, g => model.StartsWith(g, StringComparison.Ordinal)) is { } prefix ? model[prefix.Length..] : model;

    public static ModelFamily Of(string model) =>
        model.Contains("anthropic.", StringComparison.OrdinalIgnoreCase) || model.Contains("claude", StringComparison.OrdinalIgnoreCase) ? ModelFamily.Claude
        : model.Contains("amazon.nova", StringComparison.OrdinalIgnoreCase) ? ModelFamily.Nova
        : model.Contains("openai.", StringComparison.OrdinalIgnoreCase) ? ModelFamily.OpenAi
        : ModelFamily.Other;
}
