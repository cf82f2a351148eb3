using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Bytes of prompt text in <c>content</c> or <c>system</c>, wherever blocks nest (a tool result holds blocks again), and
/// whether media are among them. Base64 data, signatures and other opaque values are no text.
/// </summary>
internal struct PromptMeasure
{
    public long TextBytes { get; private set; }
    public bool HasMedia { get; private set; }

    public void Add(int bytes) => TextBytes += bytes;

    /// <summary>Measures the value that follows the name the reader stands on: text, a block, blocks, or null.</summary>
    public void Content(ref StrictJsonReader reader)
    {
        reader.Read();
        Value(ref reader);
    }

    private void Value(ref StrictJsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                Add(reader.ValueSpan.Length);
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    Value(ref reader);
                break;
            case JsonTokenType.StartObject:
                Block(ref reader);
                break;
            default:
                break;
        }
    }

    private void Block(ref StrictJsonReader reader)
    {
        reader.FoldCase();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("thinking"u8) || reader.ValueTextEquals("content"u8)
                || reader.ValueTextEquals("title"u8) || reader.ValueTextEquals("context"u8))
                Content(ref reader);
            else if (reader.ValueTextEquals("input"u8))
                Add(reader.SkipValue().Length);
            else if (reader.ValueTextEquals("source"u8))
                Source(ref reader);
            else
                reader.SkipValue();
        }
    }

    /// <summary>Source of an image or document: only plain text counts as text. A search result's source is a string.</summary>
    private void Source(ref StrictJsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Value(ref reader);
            return;
        }

        HasMedia = true;
        bool isText = false;
        int data = 0;
        reader.FoldCase();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isText = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("text"u8);
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    reader.SkipValue();
            }
            else if (reader.ValueTextEquals("data"u8))
                data = reader.SkipValue().Length;
            else if (reader.ValueTextEquals("content"u8))
                Content(ref reader);
            else
                reader.SkipValue();
        }

        if (isText)
            Add(data);
    }
}
