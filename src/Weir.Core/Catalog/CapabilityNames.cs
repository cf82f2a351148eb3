namespace Weir.Core.Catalog;

/// <summary>The words for capabilities in configurations and messages.</summary>
public static class CapabilityNames
{
    public static (string Word, ModelCapabilities Value)[] All =>
    [
        ("tools", ModelCapabilities.Tools),
        ("vision", ModelCapabilities.ImageInput),
        ("audio", ModelCapabilities.AudioInput),
        ("documents", ModelCapabilities.DocumentInput),
        ("reasoning", ModelCapabilities.Reasoning),
        ("structured-output", ModelCapabilities.StructuredOutput),
        ("image-output", ModelCapabilities.ImageOutput),
        ("audio-output", ModelCapabilities.AudioOutput),
        ("prefill", ModelCapabilities.Prefill),
    ];

    /// <summary>The words of a set: <c>tools, vision</c>.</summary>
    public static string Describe(ModelCapabilities capabilities) =>
        string.Join(", ", All.Where(c => capabilities.HasFlag(c.Value)).Select(c => c.Word));

    /// <summary>One set out of several.</summary>
    public static ModelCapabilities Join(IEnumerable<ModelCapabilities> capabilities) => capabilities.Aggregate(ModelCapabilities.None, (all, one) => all | one);
}
