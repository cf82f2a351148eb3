namespace Weir.Core.Canon;

/// <summary>A function the model may call. <paramref name="ParametersSchema"/> is JSON Schema as the client wrote it, or empty.</summary>
public sealed record ToolSpec(string Name, string? Description, RawJson ParametersSchema, bool? Strict)
{
    /// <summary>Prompt-cache marker as sent, or empty.</summary>
    public RawJson CacheControl { get; init; }
}
