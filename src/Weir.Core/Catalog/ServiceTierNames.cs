namespace Weir.Core.Catalog;

/// <summary>The names under which providers report that a call was served at standard prices.</summary>
internal static class ServiceTierNames
{
    /// <summary>OpenAI: default; Anthropic: standard; Groq: on_demand; Vertex: ON_DEMAND; nothing said: standard.</summary>
    public static bool IsStandard(string? name) =>
        string.IsNullOrEmpty(name)
        || name.Equals("default", StringComparison.OrdinalIgnoreCase)
        || name.Equals("standard", StringComparison.OrdinalIgnoreCase)
        || name.Equals("on_demand", StringComparison.OrdinalIgnoreCase)
        || name.Equals("auto", StringComparison.OrdinalIgnoreCase);
}
