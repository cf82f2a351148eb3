using System.Runtime.InteropServices;
using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>Reading helpers that never throw on odd input and keep values exactly as spelled.</summary>
internal static class JsonElements
{
    /// <summary>A member that is there and not <c>null</c>.</summary>
    public static bool TryMember(this JsonElement element, ReadOnlySpan<byte> name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value)
            && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }

    /// <summary>A string member, or null when it is absent, null or no string.</summary>
    public static string? Str(this JsonElement element, ReadOnlySpan<byte> name)
        => element.TryMember(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.Text() : null;

    /// <summary>An integer member, or null.</summary>
    public static long? Int(this JsonElement element, ReadOnlySpan<byte> name)
        => element.TryMember(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number
            : null;

    /// <summary>A boolean member, or null.</summary>
    public static bool? Bool(this JsonElement element, ReadOnlySpan<byte> name)
        => element.TryMember(name, out JsonElement value)
            ? value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }
            : null;

    /// <summary>The <c>type</c> member, or an empty string.</summary>
    public static string Type(this JsonElement element) => element.Str("type"u8) ?? "";

    /// <summary>The string value; halves of surrogate pairs (legal in JSON text, not in UTF-16) become U+FFFD.</summary>
    public static string Text(this JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return LenientText.Unescape(JsonMarshal.GetRawUtf8Value(element));
        }
    }
}
