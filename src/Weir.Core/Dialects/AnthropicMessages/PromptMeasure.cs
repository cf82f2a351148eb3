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

    /// <summary>Objects at the provider that were named.</summary>
    public ObjectNames Named;

    /// <summary>A tool runs in a container at the provider.</summary>
    public bool UsesContainer;

    /// <summary>A block just measured carries another vendor's reasoning.</summary>
    private bool _sawSealed;

    public void Add(int bytes) => TextBytes += bytes;

    /// <summary>Measures the value that follows the name the reader stands on: text, a block, blocks, or null.</summary>
    public void Content(ref StrictJsonReader reader)
    {
        reader.Read();
        Value(ref reader);
    }

    /// <summary>Measures the content of a message; adds the edits that take sealed reasoning out of it.</summary>
    public void MessageContent(ref StrictJsonReader reader, ref List<Splice>? edits)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Value(ref reader);
            return;
        }

        int arrayStart = reader.TokenStart, keptEnd = -1, sealedStart = -1, editsBefore = edits?.Count ?? 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = reader.TokenStart;
            _sawSealed = false;
            Value(ref reader);
            if (_sawSealed)
            {
                sealedStart = sealedStart < 0 ? start : sealedStart;
                if (keptEnd >= 0)
                    (edits ??= []).Add(new Splice(keptEnd, reader.TokenEnd - keptEnd, default));
            }
            else if (sealedStart >= 0 && keptEnd < 0)
                (edits ??= []).Add(new Splice(sealedStart, start - sealedStart, default));

            // A run of sealed blocks is cut piece by piece: the next cut begins where this one ended.
            keptEnd = _sawSealed && keptEnd < 0 ? -1 : reader.TokenEnd;
        }

        if (sealedStart < 0 || keptEnd >= 0)
            return;
        edits?.RemoveRange(editsBefore, edits.Count - editsBefore);
        (edits ??= []).Add(new Splice(arrayStart, reader.TokenEnd - arrayStart, NothingElse));
    }

    /// <summary>A turn must have content; this one had nothing but reasoning.</summary>
    private static readonly byte[] NothingElse = "\"(reasoning)\""u8.ToArray();

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
        var isUpload = false;
        string? file = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("thinking"u8) || reader.ValueTextEquals("content"u8)
                || reader.ValueTextEquals("title"u8) || reader.ValueTextEquals("context"u8))
                Content(ref reader);
            else if (reader.ValueTextEquals("input"u8))
                Add(reader.SkipValue().Length);
            else if (reader.ValueTextEquals("source"u8))
                Source(ref reader);
            else if (reader.ValueTextEquals("signature"u8) || reader.ValueTextEquals("data"u8))
            {
                ByteRange value = reader.SkipValue();
                _sawSealed |= reader.Body.Slice(value.Start, value.Length) is [(byte)'"', .. var text] && text.StartsWith(SignatureEnvelope.Mark);
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isUpload = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("container_upload"u8);
                reader.SkipValue();
            }
            else if (reader.ValueTextEquals("file_id"u8))
            {
                reader.Read();
                file = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.SkipValue();
            }
            else
                reader.SkipValue();
        }

        // What a tool of the provider put out names files too, but nobody reads them by that.
        if (isUpload)
            Named.Add(file, "file");
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
            else if (reader.ValueTextEquals("file_id"u8))
                Named.Reference(ref reader, "file");
            else
                reader.SkipValue();
        }

        if (isText)
            Add(data);
    }
}
