using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Weir.Core.Objects;

/// <summary>
/// One page of a provider's list: <c>{"object":"list","data":[…],"first_id":…,"last_id":…,"has_more":…}</c>, and the same
/// with only some of its elements. What stays keeps its bytes. <c>first_id</c> and <c>last_id</c> are those of what is
/// shown: any element's id is a cursor, and the official SDKs take the last element's.
/// </summary>
public sealed class ObjectPage
{
    private readonly List<(string Id, int From, int To)> _elements = [];
    private readonly List<(string Name, int From, int To)> _cursors = [];
    private int _start;
    private int _end;

    private ObjectPage()
    {
    }

    /// <summary>Ids of the elements in order; empty where an element has none.</summary>
    public IReadOnlyList<string> Ids => [.. _elements.Select(e => e.Id)];

    /// <summary>The provider has further elements.</summary>
    public bool HasMore { get; private set; }

    /// <summary>The page, or null when the body is no list.</summary>
    public static ObjectPage? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var page = new ObjectPage();
            var json = new Utf8JsonReader(body);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                page.ReadMember(ref json);
            return page._start > 0 ? page : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the page with the first <paramref name="most"/> elements of those in <paramref name="keep"/>.</summary>
    /// <param name="body">What was read.</param>
    /// <param name="keep">Ids that are shown.</param>
    /// <param name="most">Most elements shown.</param>
    /// <param name="hasMore">What <c>has_more</c> shall say; more kept than shown makes it true.</param>
    /// <param name="output">Receives the page.</param>
    public void Write(ReadOnlySpan<byte> body, IReadOnlySet<string> keep, int most, bool hasMore, IBufferWriter<byte> output)
    {
        var kept = _elements.Where(e => keep.Contains(e.Id)).ToList();
        var shown = kept.Take(most).ToList();
        var at = 0;
        foreach (var (name, from, to) in _cursors.Append(("data", _start, _end)).OrderBy(c => c.Item2))
        {
            output.Write(body[at..from]);
            at = to;
            if (name == "data")
                WriteElements(body, shown, output);
            else if (name == "has_more")
                output.Write(hasMore || kept.Count > shown.Count ? "true"u8 : "false"u8);
            else if (shown.Count == 0)
                output.Write("null"u8);
            else
                output.Write(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(name == "first_id" ? shown[0].Id : shown[^1].Id)}\""));
        }

        output.Write(body[at..]);
    }

    private static void WriteElements(ReadOnlySpan<byte> body, List<(string Id, int From, int To)> shown, IBufferWriter<byte> output)
    {
        for (var i = 0; i < shown.Count; i++)
        {
            if (i > 0)
                output.Write(","u8);
            output.Write(body[shown[i].From..shown[i].To]);
        }
    }

    private void ReadMember(ref Utf8JsonReader json)
    {
        var name = json.ValueTextEquals("data"u8) ? "data"
            : json.ValueTextEquals("has_more"u8) ? "has_more"
            : json.ValueTextEquals("first_id"u8) ? "first_id"
            : json.ValueTextEquals("last_id"u8) ? "last_id"
            : null;
        json.Read();
        if (name == "data" && json.TokenType == JsonTokenType.StartArray && _start == 0)
        {
            _start = (int)json.BytesConsumed;
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                _elements.Add(ReadElement(ref json));
            _end = (int)json.TokenStartIndex;
            return;
        }

        var from = (int)json.TokenStartIndex;
        HasMore |= name == "has_more" && json.TokenType == JsonTokenType.True;
        json.Skip();
        if (name is not (null or "data"))
            _cursors.Add((name, from, (int)json.BytesConsumed));
    }

    private static (string Id, int From, int To) ReadElement(ref Utf8JsonReader json)
    {
        var from = (int)json.TokenStartIndex;
        var element = JsonElement.ParseValue(ref json);
        var id = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("id"u8, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        return (id, from, (int)json.BytesConsumed);
    }
}
