using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>
/// Bytes of prompt text in blocks, however they nest, and whether media are among them. Base64 data and signatures are no
/// text. Blocks with reasoning that another vendor sealed are marked for cutting: Bedrock would refuse the whole call.
/// </summary>
internal struct ConverseMeasure
{
    /// <summary>A turn must have content; this one had nothing but foreign reasoning.</summary>
    private static readonly byte[] NothingElse = "[{\"text\":\"(reasoning)\"}]"u8.ToArray();

    private List<Splice>? _edits;
    private bool _sawSealed;

    public long TextBytes { get; private set; }
    public bool HasMedia { get; private set; }
    public readonly IReadOnlyList<Splice> Edits => _edits ?? (IReadOnlyList<Splice>)[];

    /// <summary>Passes over a value whose every byte counts as text (schemas); returns its length.</summary>
    public int Skip(ref StrictJsonReader reader)
    {
        var length = reader.SkipValue().Length;
        TextBytes += length;
        return length;
    }

    /// <summary>Measures the value behind the name the reader stands on.</summary>
    public void Value(ref StrictJsonReader reader)
    {
        reader.Read();
        Current(ref reader);
    }

    /// <summary>Measures a message's blocks, and plans to cut those that are sealed.</summary>
    public void MessageContent(ref StrictJsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Current(ref reader);
            return;
        }

        var arrayStart = reader.TokenStart;
        var blocks = new List<(int Start, int End, bool Sealed)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = reader.TokenStart;
            _sawSealed = false;
            Current(ref reader);
            blocks.Add((start, reader.TokenEnd, _sawSealed));
        }

        if (blocks.Exists(b => b.Sealed))
            Cut(blocks, arrayStart, reader.TokenEnd);
    }

    private void Cut(List<(int Start, int End, bool Sealed)> blocks, int arrayStart, int arrayEnd)
    {
        _edits ??= [];
        if (blocks.TrueForAll(b => b.Sealed))
        {
            _edits.Add(new Splice(arrayStart, arrayEnd - arrayStart, NothingElse));
            return;
        }

        // Leading ones go with the comma behind them, others with the comma before them.
        var firstKept = blocks.FindIndex(b => !b.Sealed);
        if (firstKept > 0)
            _edits.Add(new Splice(blocks[0].Start, blocks[firstKept].Start - blocks[0].Start, default));
        for (var i = firstKept + 1; i < blocks.Count; i++)
        {
            if (blocks[i].Sealed)
                _edits.Add(new Splice(blocks[i - 1].End, blocks[i].End - blocks[i - 1].End, default));
        }
    }

    private void Current(ref StrictJsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                Current(ref reader);
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                Member(ref reader);
        }
    }

    private void Member(ref StrictJsonReader reader)
    {
        if (reader.ValueTextEquals("text"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
                TextBytes += reader.ValueSpan.Length;
            else
                Current(ref reader);
        }
        else if (reader.ValueTextEquals("input"u8) || reader.ValueTextEquals("json"u8))
            Skip(ref reader);
        else if (reader.ValueTextEquals("signature"u8) || reader.ValueTextEquals("redactedContent"u8))
        {
            var value = reader.SkipValue();
            _sawSealed |= reader.Body.Slice(value.Start, value.Length) is [(byte)'"', .. var text]
                && (text.StartsWith(ReasoningSeal.Mark) || text.StartsWith(ReasoningSeal.BlobMark));
        }
        else
        {
            HasMedia |= reader.ValueTextEquals("image"u8) || reader.ValueTextEquals("document"u8) || reader.ValueTextEquals("video"u8) || reader.ValueTextEquals("audio"u8);
            Value(ref reader);
        }
    }
}
