using System.Text.Json;
using Weir.Core.Dialects;

namespace Weir.Core.Upstream;

/// <summary>Where members stand in a JSON body: those of the outermost object by name, and those of one object within. Only for bodies that were read before.</summary>
internal sealed class BodyOutline
{
    private readonly List<(string Name, ByteRange Value)> _members = [];

    /// <summary>Offset just after the object's opening brace.</summary>
    public int Start { get; private init; }

    /// <summary>The object has no members.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>The value of a member, or a range that is not present. Of names that stand twice, the last.</summary>
    public ByteRange Find(string name) => _members.FindLast(m => m.Name == name).Value;

    /// <summary>The members of the object at <paramref name="within"/>, or null when that is no object.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="within">Where the object stands.</param>
    /// <param name="wanted">Names to remember.</param>
    public static BodyOutline? Of(ReadOnlySpan<byte> body, ByteRange within, IReadOnlyCollection<string> wanted)
    {
        var json = new Utf8JsonReader(body.Slice(within.Start, within.Length), new JsonReaderOptions { MaxDepth = 1024 });
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return null;
        var outline = new BodyOutline { Start = within.Start + (int)json.BytesConsumed };
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            outline.IsEmpty = false;
            string? name = null;
            foreach (var one in wanted)
                name = json.ValueTextEquals(one) ? one : name;
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            if (name is not null)
                outline._members.Add((name, new ByteRange(within.Start + start, (int)json.BytesConsumed - start)));
        }
        return outline;
    }
}
