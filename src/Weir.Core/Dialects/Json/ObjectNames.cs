using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>
/// Gathers the objects at a provider that a request names (files, vector stores, containers, conversations, answers) during
/// its one pass. Only where the API takes a reference: a tool's arguments and an answer's annotations may hold any text.
/// A mutable struct: pass by <c>ref</c>. Allocates nothing for a body that names none.
/// </summary>
internal struct ObjectNames
{
    private List<ObjectMention>? _named;

    /// <summary>In the order of the body.</summary>
    public readonly IReadOnlyList<ObjectMention> All => _named ?? (IReadOnlyList<ObjectMention>)[];

    /// <summary>From a member's name over its value: an id, or an object with one. Anything else is the upstream's to judge.</summary>
    public void Reference(ref StrictJsonReader json, string kind)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            Take(ref json, kind);
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("id"u8))
            {
                json.Read();
                Take(ref json, kind);
            }
            else
            {
                json.SkipValue();
            }
        }
    }

    /// <summary>Adds an id read elsewhere.</summary>
    public void Add(string? id, string kind)
    {
        if (!string.IsNullOrEmpty(id))
            (_named ??= []).Add(new ObjectMention(id, kind));
    }

    /// <summary>Over a value as <see cref="StrictJsonReader.SkipValue"/> does it, taking note of every reference in it but for those inside schemas.</summary>
    public ByteRange Within(ref StrictJsonReader json)
    {
        if (json.TokenType == JsonTokenType.PropertyName)
            json.Read();
        var start = json.TokenStart;
        if (json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var depth = json.Depth;
            do
            {
                json.Read();
                if (json.TokenType == JsonTokenType.PropertyName)
                    Member(ref json);
            }
            while (json.Depth > depth);
        }

        return new ByteRange(start, json.TokenEnd - start);
    }

    private void Member(ref StrictJsonReader json)
    {
        if (json.ValueTextEquals("parameters"u8) || json.ValueTextEquals("input_schema"u8))
            json.SkipValue();
        else if (json.ValueTextEquals("file_id"u8) || json.ValueTextEquals("file_ids"u8))
            Ids(ref json, "file");
        else if (json.ValueTextEquals("vector_store_ids"u8))
            Ids(ref json, "vector_store");
        else if (json.ValueTextEquals("container"u8) || json.ValueTextEquals("container_id"u8))
            Ids(ref json, "container");
    }

    /// <summary>An id or a list of them. Of an object only the opening is read: its members follow.</summary>
    private void Ids(ref StrictJsonReader json, string kind)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            Add(json.GetString(), kind);
        if (json.TokenType != JsonTokenType.StartArray)
            return;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            Take(ref json, kind);
    }

    private void Take(ref StrictJsonReader json, string kind)
    {
        if (json.TokenType == JsonTokenType.String)
            Add(json.GetString(), kind);
        json.SkipValue();
    }
}
