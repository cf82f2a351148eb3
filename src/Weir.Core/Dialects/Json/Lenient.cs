using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>Tolerant looks at members: absent, null and wrong type are all "not there". Never throws.</summary>
internal static class Lenient
{
    /// <summary>The document, or null when the bytes are no JSON.</summary>
    public static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 256 });
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? MemberOf(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement? ObjectOf(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.MemberOf(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    public static JsonElement.ArrayEnumerator ItemsOf(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.MemberOf(name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : default;

    public static string? TextOf(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.MemberOf(name) is { ValueKind: JsonValueKind.String } value ? value.AsText() : null;

    public static long? WholeOf(this JsonElement element, ReadOnlySpan<byte> name) => element.MemberOf(name) is { } value ? value.AsWhole() : null;

    public static bool? FlagOf(this JsonElement element, ReadOnlySpan<byte> name) => element.MemberOf(name)?.AsFlag();

    /// <summary>A whole number, also when it is spelled with a zero fraction (Cohere), else null.</summary>
    public static long? AsWhole(this JsonElement value) =>
        value.ValueKind != JsonValueKind.Number ? null
        : value.TryGetInt64(out var whole) ? whole
        : value.TryGetDecimal(out var number) && number is > long.MinValue and < long.MaxValue ? (long)number : null;

    public static bool? AsFlag(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The text; empty when it holds half a surrogate pair (which has no text form) or is no string.</summary>
    public static string AsText(this JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return "";
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }
}
