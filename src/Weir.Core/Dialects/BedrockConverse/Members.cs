using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Reading helpers that never throw on odd input.</summary>
internal static class Members
{
    /// <summary>The items of an array member; none when it is absent or no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryMember(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

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
