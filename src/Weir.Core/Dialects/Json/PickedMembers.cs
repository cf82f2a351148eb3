using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.Json;

/// <summary>Documents that are part of another one: a count takes fewer members than the call it counts.</summary>
internal static class PickedMembers
{
    /// <summary>Writes the members of <paramref name="document"/> that are named, as they are spelled there.</summary>
    public static void WriteMembers(this Utf8JsonWriter json, ReadOnlyMemory<byte> document, params ReadOnlySpan<string> names)
    {
        using var parsed = JsonDocument.Parse(document);
        foreach (var member in parsed.RootElement.EnumerateObject())
        {
            if (names.IsEmpty || names.Contains(member.Name))
                json.WriteRaw(System.Text.Encoding.UTF8.GetBytes(member.Name), member.Value.ToRaw(document));
        }
    }

    /// <summary>What <paramref name="dialect"/> would send to generate.</summary>
    public static ReadOnlyMemory<byte> Whole(IDialect dialect, ModelRequest request, UpstreamTarget target, TranslationNotes notes)
    {
        var whole = new ArrayBufferWriter<byte>(4096);
        dialect.WriteRequest(request, target, whole, notes);
        return whole.WrittenMemory;
    }

    /// <summary>A whole number that is a member of the document, or null.</summary>
    public static long? Number(ReadOnlySpan<byte> body, ReadOnlySpan<byte> name) => JsonElements.Parse(body)?.Whole(name) is >= 0 and var number ? number : null;
}
