using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Counts contents, measures their text, and finds what a Gemini upstream must not see: reasoning that Weir showed the
/// client under another vendor's seal. Its place takes the value that Google documents for histories of other models.
/// </summary>
internal static class ContentMeasure
{
    private static readonly byte[] NoSignature = [(byte)'"', .. System.Text.Encoding.UTF8.GetBytes(ThoughtSeal.SkipValidation), (byte)'"'];

    /// <summary>Measures the value after the name the reader stands on: one content, many, or plain text. Returns how many.</summary>
    public static int Contents(ref StrictJsonReader reader, FactsFound found)
    {
        reader.Read();
        return Value(ref reader, found);
    }

    private static int Value(ref StrictJsonReader reader, FactsFound found)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                found.TextBytes += reader.ValueSpan.Length;
                return 1;
            case JsonTokenType.StartArray:
                int count = 0;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    count += Value(ref reader, found);
                return count;
            case JsonTokenType.StartObject:
                Content(ref reader, found);
                return 1;
            case JsonTokenType.Null:
                return 0;
            default:
                throw reader.WrongType("a content object with role and parts");
        }
    }

    private static void Content(ref StrictJsonReader reader, FactsFound found)
    {
        reader.FoldCase();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("parts"u8))
            {
                reader.Read();
                Parts(ref reader, found);
            }
            else if (reader.ValueTextEquals("text"u8))
                found.TextBytes += reader.SkipValue().Length; // a part where a content was expected; Google's servers decide
            else
                reader.SkipValue();
        }
    }

    private static void Parts(ref StrictJsonReader reader, FactsFound found)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    Parts(ref reader, found);
                break;
            case JsonTokenType.StartObject:
                Part(ref reader, found);
                break;
            case JsonTokenType.String or JsonTokenType.Null:
                found.TextBytes += reader.ValueSpan.Length;
                break;
            default:
                throw reader.WrongType("an array of parts");
        }
    }

    private static void Part(ref StrictJsonReader reader, FactsFound found)
    {
        reader.FoldCase();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.IsField("thoughtSignature"u8, "thought_signature"u8))
            {
                ByteRange value = reader.SkipValue();
                if (reader.Body.Slice(value.Start, value.Length) is [(byte)'"', .. var text] && text.StartsWith(ThoughtSeal.Mark))
                    found.Edits.Add(new Splice(value.Start, value.Length, NoSignature));
            }
            else if (reader.IsField("inlineData"u8, "inline_data"u8) || reader.IsField("fileData"u8, "file_data"u8))
            {
                found.HasMedia = true;
                reader.SkipValue();
            }
            else
                found.TextBytes += reader.SkipValue().Length;
        }
    }
}
