using System.Text.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>What a <c>content_block_delta</c> adds.</summary>
internal enum DeltaKind { Other, Visible, Reasoning, Signature }

/// <summary>
/// Measures a <c>content_block_delta</c> without building anything; it runs once per chunk of every stream. The spelling
/// Anthropic uses is recognised by comparison alone; any other spelling is read as JSON. Lengths are those of the
/// escaped text: a few per cent too much, which is what an estimate of a cut stream may be.
/// </summary>
internal static class DeltaScan
{
    private static ReadOnlySpan<byte> Prefix => "{\"type\":\"content_block_delta\",\"index\":"u8;

    private static ReadOnlySpan<byte> DeltaPrefix => ",\"delta\":{\"type\":\""u8;

    public static (DeltaKind Kind, int Bytes) Measure(ReadOnlySpan<byte> data)
        => data.StartsWith(Prefix) && TryFast(data[Prefix.Length..], out DeltaKind kind, out int bytes)
            ? (kind, bytes)
            : Slow(data);

    private static bool TryFast(ReadOnlySpan<byte> rest, out DeltaKind kind, out int bytes)
    {
        kind = DeltaKind.Other;
        bytes = 0;
        int digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit((char)rest[digits]))
            digits++;
        rest = rest[digits..];
        if (!rest.StartsWith(DeltaPrefix))
            return false;
        rest = rest[DeltaPrefix.Length..];
        if (Value(rest, "text_delta\",\"text\":\""u8, out bytes) || Value(rest, "input_json_delta\",\"partial_json\":\""u8, out bytes))
            kind = DeltaKind.Visible;
        else if (Value(rest, "thinking_delta\",\"thinking\":\""u8, out bytes))
            kind = DeltaKind.Reasoning;
        else if (Value(rest, "signature_delta\",\"signature\":\""u8, out bytes))
            kind = DeltaKind.Signature;
        else
            return false;
        return true;
    }

    private static bool Value(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> head, out int bytes)
    {
        bytes = 0;
        if (!rest.StartsWith(head))
            return false;
        // The delta object is the last member and its text the last of it: the last quote closes the text.
        bytes = Math.Max(0, rest[head.Length..].LastIndexOf((byte)'"'));
        return true;
    }

    private static (DeltaKind Kind, int Bytes) Slow(ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return default;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("delta"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
                    return ReadDelta(ref reader);
                if (reader.TokenType == JsonTokenType.PropertyName)
                    reader.Read();
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Tolerated: the bytes were forwarded, the estimate misses one chunk.
        }

        return default;
    }

    private static (DeltaKind Kind, int Bytes) ReadDelta(ref Utf8JsonReader reader)
    {
        DeltaKind kind = DeltaKind.Other;
        int bytes = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            DeltaKind named = reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("partial_json"u8) ? DeltaKind.Visible
                : reader.ValueTextEquals("thinking"u8) ? DeltaKind.Reasoning
                : reader.ValueTextEquals("signature"u8) ? DeltaKind.Signature
                : DeltaKind.Other;
            reader.Read();
            if (named != DeltaKind.Other && reader.TokenType == JsonTokenType.String)
                (kind, bytes) = (named, reader.ValueSpan.Length);
            reader.Skip();
        }

        return (kind, bytes);
    }
}
