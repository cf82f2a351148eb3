using System.Runtime.InteropServices;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Reading helpers that never throw on odd input.</summary>
internal static class Members
{
    /// <summary>A member that is there and not <c>null</c>.</summary>
    public static bool TryMember(this JsonElement element, ReadOnlySpan<byte> name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value)
            && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }

    /// <summary>A text member, or null when it is absent or no text.</summary>
    public static string? Str(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryMember(name, out var value) && value.ValueKind == JsonValueKind.String ? value.Text() : null;

    /// <summary>A whole number, or null.</summary>
    public static long? Int(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryMember(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    /// <summary>The items of an array member; none when it is absent or no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryMember(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>Text of a string; halves of surrogate pairs become U+FFFD.</summary>
    public static string Text(this JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            var raw = JsonMarshal.GetRawUtf8Value(element);
            return System.Text.Encoding.UTF8.GetString(raw[1..^1]);
        }
    }

    /// <summary>The value as a copy, for documents that do not stay.</summary>
    public static RawJson RawCopy(this JsonElement element) => new(JsonMarshal.GetRawUtf8Value(element).ToArray());

    /// <summary>
    /// The one member of a union: Bedrock's blocks are objects with a single member that says what they are.
    /// Empty name when there is none.
    /// </summary>
    public static (string Name, JsonElement Value) Union(this JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (member.Value.ValueKind != JsonValueKind.Null)
                    return (member.Name, member.Value);
            }
        }
        return ("", default);
    }

    /// <summary>Notes members nobody reads.</summary>
    public static void DropOthers(this JsonElement element, string path, TranslationNotes notes, params ReadOnlySpan<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null && !known.Contains(member.Name))
                notes.Drop($"{path}.{member.Name}", "No other dialect has a counterpart.");
        }
    }

    /// <summary>The element's bytes within the body it was parsed from.</summary>
    public static RawJson Raw(this JsonElement element, ReadOnlyMemory<byte> body) => element.ToRaw(body);
}
