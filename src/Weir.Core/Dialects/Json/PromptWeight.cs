using System.Text.Json;

namespace Weir.Core.Dialects.Json;

/// <summary>What a strict pass counts of a prompt, for dialects whose messages need no closer look.</summary>
internal struct PromptWeight
{
    /// <summary>UTF-8 bytes of text, escapes resolved; tool schemas as spelled.</summary>
    public long TextBytes;
    public int Messages;
    public bool HasMedia;

    /// <summary>An array of message objects: counts them, their text and their media.</summary>
    /// <param name="json">Stands on the property name.</param>
    /// <param name="mediaNames">Members that hold media, which weigh nothing as text.</param>
    /// <param name="names">Members a message has; others in another case are refused.</param>
    public void AddMessages(ref StrictJsonReader json, ReadOnlySpan<string> mediaNames, ReadOnlySpan<string> names)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray)
            throw json.WrongType("an array of messages");
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.StartObject)
                throw json.WrongType("a message object");
            Messages++;
            json.FoldCase();
            while (json.NextMember())
            {
                if (json.ValueTextEquals("role"u8))
                {
                    json.ReadRequiredString("a string: who speaks", keep: false);
                    continue;
                }

                json.RefuseVariantOf(names);
                Add(ref json, mediaNames);
            }
        }
    }

    /// <summary>A value from its property name on: all strings in it count, media members do not.</summary>
    public void Add(ref StrictJsonReader json, ReadOnlySpan<string> mediaNames)
    {
        if (IsMedia(json, mediaNames))
        {
            // Clients that send the member always, also when there is nothing in it: "images": [] is no image.
            HasMedia |= json.SkipValue().Length > 4;
            return;
        }

        json.Read();
        AddValue(ref json, mediaNames);
    }

    /// <summary>The value the reader stands on.</summary>
    public void AddValue(ref StrictJsonReader json, ReadOnlySpan<string> mediaNames)
    {
        var depth = 0;
        do
        {
            switch (json.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    depth++;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    depth--;
                    break;
                case JsonTokenType.PropertyName when IsMedia(json, mediaNames):
                    HasMedia |= json.SkipValue().Length > 4;
                    break;
                case JsonTokenType.String:
                    TextBytes += json.ValueIsEscaped ? JsonText.DecodedLength(json.ValueSpan) : json.ValueSpan.Length;
                    break;
            }
        }
        while (depth > 0 && json.Read());
    }

    /// <summary>An array (or null) of tools; true when it offers any.</summary>
    public bool AddTools(ref StrictJsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return false;
        if (json.TokenType != JsonTokenType.StartArray)
            throw json.WrongType("an array or null");
        var start = json.TokenStart;
        var any = false;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            any = true;
            json.SkipValue();
        }

        if (any)
            TextBytes += json.TokenEnd - start;
        return any;
    }

    private static bool IsMedia(in StrictJsonReader json, ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (json.ValueTextEquals(System.Text.Encoding.UTF8.GetBytes(name)))
                return true;
        }

        return false;
    }
}
