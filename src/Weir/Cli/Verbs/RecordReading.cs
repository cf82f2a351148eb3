using System.Text;
using System.Text.Json;
using Weir.Cli.Terminal;

namespace Weir.Cli.Verbs;

/// <summary>
/// Reads members of records as people are shown them. Tolerant by design: records outlive versions, so what is missing or of
/// another kind is left out.
/// </summary>
internal static class RecordReading
{
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A text that is safe to print; null for none and for an empty one.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value ? Plain.Text(value) : null;

    public static double? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) ? value : null;

    public static long? Whole(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    public static bool Flag(this JsonElement element, string name) => element.Member(name).ValueKind == JsonValueKind.True;

    /// <summary>The items of a list; none when there is no list.</summary>
    public static JsonElement[] Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    /// <summary>The texts of a list, safe to print.</summary>
    public static string[] Texts(this JsonElement element, string name) =>
        [.. element.Items(name).Where(i => i.ValueKind == JsonValueKind.String).Select(i => Plain.Text(i.GetString()))];

    /// <summary>A line for what a record had no room for; none when it had.</summary>
    public static void AddOmitted(this TreeNode node, Ink ink, JsonElement element, string name)
    {
        if (element.Whole(name) is > 0 and var count)
            node.Add(ink.Dim($"… and {Format.Count(count)} more, which the record has no room for"));
    }

    /// <summary>inputUncached → input uncached.</summary>
    public static string Words(string camel)
    {
        var words = new StringBuilder(camel.Length + 4);
        foreach (var c in Plain.Text(camel))
        {
            if (char.IsUpper(c))
                words.Append(' ');
            words.Append(c == '_' ? ' ' : char.ToLowerInvariant(c));
        }
        return words.ToString().TrimStart();
    }
}
