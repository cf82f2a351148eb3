using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>Reading helpers that never throw on odd input.</summary>
internal static class Members
{
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
}
