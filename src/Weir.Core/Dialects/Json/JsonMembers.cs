using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>Tolerant looks at members: absent, null and wrong type are all "not there".</summary>
internal static class JsonMembers
{
    public static string? StringMember(this JsonElement element, string name) =>
        element.Member(name, JsonValueKind.String) is { } value ? value.SafeString() : null;

    public static JsonElement? Member(this JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    public static JsonElement.ArrayEnumerator ArrayMember(this JsonElement element, string name) =>
        element.Member(name, JsonValueKind.Array) is { } array ? array.EnumerateArray() : default;

    public static int? IntMember(this JsonElement element, string name) =>
        element.Member(name, JsonValueKind.Number) is { } number && number.TryGetInt32(out var value) ? value : null;

    public static bool? BoolMember(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.ValueKind == JsonValueKind.True : null;

    /// <summary>The text, or empty when it holds half a surrogate pair (which has no text form).</summary>
    public static string SafeString(this JsonElement value)
    {
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
