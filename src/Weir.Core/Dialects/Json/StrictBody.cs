using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>The frame of a strict pass over a request body: an object, nothing after it, refusals as values.</summary>
internal static class StrictBody
{
    /// <summary>Reads the members, from just after the opening brace.</summary>
    /// <param name="json">Stands on the opening brace.</param>
    /// <param name="firstMember">Offset just after it.</param>
    public delegate RequestFacts Walk(ref StrictJsonReader json, int firstMember);

    /// <inheritdoc cref="Walk"/>
    /// <param name="json">Stands on the opening brace.</param>
    /// <param name="firstMember">Offset just after it.</param>
    /// <param name="context">What else the walk needs to know.</param>
    public delegate RequestFacts Walk<in T>(ref StrictJsonReader json, int firstMember, T context);

    public static FactsResult Read(ReadOnlySpan<byte> body, Walk walk) =>
        Read(body, walk, static (ref json, firstMember, walk) => walk(ref json, firstMember));

    /// <summary>As above; what the walk needs comes as <paramref name="context"/>, so that no call makes a closure.</summary>
    public static FactsResult Read<T>(ReadOnlySpan<byte> body, T context, Walk<T> walk)
    {
        try
        {
            var reader = new StrictJsonReader(body);
            try
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject)
                    throw new JsonRefusal(new BadRequest("wrong_type", "The request body must be a JSON object.", null));
                var firstMember = reader.TokenEnd;
                reader.FoldCase();
                var facts = walk(ref reader, firstMember, context);
                reader.Read(); // Anything after the object throws here.
                return facts;
            }
            finally
            {
                reader.Dispose();
            }
        }
        catch (Exception e) when (e is JsonRefusal or JsonException)
        {
            return StrictJson.Describe(e, body);
        }
    }

    /// <summary>The next member's name is current; false at the end of the object.</summary>
    public static bool NextMember(this ref StrictJsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    /// <summary>The model's name, from its property name on; <paramref name="value"/> is where it stands.</summary>
    public static string ReadModel(this ref StrictJsonReader json, out ByteRange value)
    {
        var model = json.ReadRequiredString("a non-empty string: the model's name");
        value = new ByteRange(json.TokenStart, json.TokenEnd - json.TokenStart);
        return model;
    }

    public static JsonRefusal Missing(string name, string what) =>
        new(new BadRequest("missing_field", $"'{name}' is required: {what}.", name));
}
