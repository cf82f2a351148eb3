using System.Runtime.InteropServices;
using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>Tolerant looks at JSON: absent, <c>null</c> and of the wrong type are all "not there". Nothing here throws.</summary>
internal static class JsonElements
{
    private const int MaxDepth = 256;

    /// <summary>The document, or null when the bytes are no JSON.</summary>
    public static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member that is there and not <c>null</c>.</summary>
    public static JsonElement? Member(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A member of one kind.</summary>
    public static JsonElement? Member(this JsonElement element, ReadOnlySpan<byte> name, JsonValueKind kind) =>
        element.Member(name) is { } value && value.ValueKind == kind ? value : null;

    /// <summary>A member that is an object.</summary>
    public static JsonElement? Object(this JsonElement element, ReadOnlySpan<byte> name) => element.Member(name, JsonValueKind.Object);

    /// <summary>The items of a member that is an array; else none.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Member(name, JsonValueKind.Array) is { } value ? value.EnumerateArray() : default;

    /// <summary>A member that is a string.</summary>
    public static string? Text(this JsonElement element, ReadOnlySpan<byte> name) => element.Member(name, JsonValueKind.String)?.Text();

    /// <summary>A member that is a whole number.</summary>
    public static long? Whole(this JsonElement element, ReadOnlySpan<byte> name) => element.Member(name)?.Whole();

    /// <summary>A member that says a place in a list.</summary>
    public static int? Index(this JsonElement element, ReadOnlySpan<byte> name) => element.Whole(name) is >= 0 and <= int.MaxValue and var index ? (int)index : null;

    /// <summary>A member that is true or false.</summary>
    public static bool? Flag(this JsonElement element, ReadOnlySpan<byte> name) => element.Member(name)?.Flag();

    /// <summary>The <c>type</c> member, or an empty string.</summary>
    public static string Type(this JsonElement element) => element.Text("type"u8) ?? "";

    /// <summary>The string value, empty when it is none; halves of surrogate pairs (legal in JSON text, not in UTF-16) become U+FFFD.</summary>
    public static string Text(this JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return "";
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return LenientText.Unescape(JsonMarshal.GetRawUtf8Value(value));
        }
    }

    /// <summary>A number of 64 bits, without its fraction if it is spelled with one (Cohere writes <c>5.0</c>); else null.</summary>
    public static long? Whole(this JsonElement value) =>
        value.ValueKind != JsonValueKind.Number ? null
        : value.TryGetInt64(out var whole) ? whole
        : value.TryGetDecimal(out var number) && number is > long.MinValue and < long.MaxValue ? (long)number : null;

    /// <summary>True or false; else null.</summary>
    public static bool? Flag(this JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
