using System.Buffers;
using System.Text.Json;

namespace Weir.Core.Objects;

/// <summary>
/// A provider's list with only some of its elements: <c>{"object":"list","data":[…],"has_more":…}</c>. What stays keeps its
/// bytes, cursors included, so that asking for the next page goes on where the provider's page ended.
/// </summary>
public static class ObjectListFilter
{
    /// <summary>Ids of the elements in order, or null when the body is no list.</summary>
    public static IReadOnlyList<string>? ReadIds(ReadOnlySpan<byte> body) =>
        TryWalk(body, out _, out _, out var elements) ? [.. elements.Select(e => e.Id)] : null;

    /// <summary>Writes the list with the elements in <paramref name="keep"/>.</summary>
    public static void Write(ReadOnlySpan<byte> body, IReadOnlySet<string> keep, IBufferWriter<byte> output)
    {
        if (!TryWalk(body, out var start, out var end, out var elements))
            return;
        output.Write(body[..start]);
        var isFirst = true;
        foreach (var (id, from, to) in elements)
        {
            if (!keep.Contains(id))
                continue;
            if (!isFirst)
                output.Write(","u8);
            output.Write(body[from..to]);
            isFirst = false;
        }
        output.Write(body[end..]);
    }

    /// <param name="body">The provider's answer.</param>
    /// <param name="start">Just after the opening bracket of <c>data</c>.</param>
    /// <param name="end">At its closing bracket.</param>
    /// <param name="elements">Id and place of every element.</param>
    private static bool TryWalk(ReadOnlySpan<byte> body, out int start, out int end, out List<(string Id, int From, int To)> elements)
    {
        (start, end, elements) = (0, 0, []);
        try
        {
            var json = new Utf8JsonReader(body);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isData = json.ValueTextEquals("data"u8);
                json.Read();
                if (!isData || json.TokenType != JsonTokenType.StartArray || start > 0)
                {
                    json.Skip();
                    continue;
                }
                start = (int)json.BytesConsumed;
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    elements.Add(ReadElement(ref json));
                end = (int)json.TokenStartIndex;
            }
            return start > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static (string Id, int From, int To) ReadElement(ref Utf8JsonReader json)
    {
        var from = (int)json.TokenStartIndex;
        var element = JsonElement.ParseValue(ref json);
        var id = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("id"u8, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        return (id, from, (int)json.BytesConsumed);
    }
}
