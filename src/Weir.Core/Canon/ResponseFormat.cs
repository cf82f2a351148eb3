namespace Weir.Core.Canon;

/// <summary>Structured output wish. <paramref name="Schema"/> only for <see cref="ResponseFormatKind.JsonSchema"/>.</summary>
public sealed record ResponseFormat(ResponseFormatKind Kind, string? Name = null, RawJson Schema = default, bool? Strict = null,
    string? Description = null);

/// <summary>The forms an answer can be held to.</summary>
public enum ResponseFormatKind { Text, JsonObject, JsonSchema }
