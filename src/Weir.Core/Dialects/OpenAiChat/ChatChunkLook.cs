using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>
/// Cheap looks at a chunk without parsing it. Safe against text that talks about these members: inside a JSON string
/// their quotes are escaped, so <c>"usage"</c> can only be a key (or a value, which merely costs a parse).
/// </summary>
internal static class ChatChunkLook
{
    /// <summary>The chunk may carry usage, an error, a finish reason or an end marker.</summary>
    /// <param name="data">The chunk's payload.</param>
    /// <param name="nullsMatter">A member <c>"usage":null</c> must be cut out, so it matters as well.</param>
    public static bool NeedsParse(ReadOnlySpan<byte> data, bool nullsMatter)
    {
        var usage = data.IndexOf("\"usage\""u8);
        if (usage >= 0 && (nullsMatter || !IsNullAfter(data[(usage + 7)..])))
            return true;
        if (data.IndexOf("\"error\""u8) >= 0 || data.IndexOf("completion.done"u8) >= 0)
            return true;
        var rest = data;
        while (rest.IndexOf("\"finish_reason\""u8) is >= 0 and var finish)
        {
            rest = rest[(finish + "\"finish_reason\"".Length)..];
            if (!IsNullAfter(rest))
                return true;
        }

        return false;
    }

    /// <summary>Adds the lengths of the text members of a chunk that is not parsed.</summary>
    public static void Measure(ReadOnlySpan<byte> data, ResponseFacts facts)
    {
        var text = LengthOf(data, "\"content\""u8) + LengthOf(data, "\"arguments\""u8) + LengthOf(data, "\"refusal\""u8);
        facts.OutputTextBytes += text;
        if (text > 0)
            return;
        var reasoning = LengthOf(data, "\"reasoning_content\""u8);
        facts.ReasoningTextBytes += reasoning > 0 ? reasoning : LengthOf(data, "\"reasoning\""u8);
    }

    // Decoded length of the string after each occurrence of a key.
    private static int LengthOf(ReadOnlySpan<byte> data, ReadOnlySpan<byte> key)
    {
        var total = 0;
        while (data.IndexOf(key) is >= 0 and var at)
        {
            data = SkipColon(data[(at + key.Length)..]);
            if (data.IsEmpty || data[0] != (byte)'"')
                continue;
            data = data[1..];
            var length = StringLength(data);
            total += JsonText.DecodedLength(data[..length]);
            data = data[length..];
        }

        return total;
    }

    private static int StringLength(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (true)
        {
            var next = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return text.Length;
            at += next;
            if (text[at] == (byte)'"')
                return at;
            at = Math.Min(at + 2, text.Length);
        }
    }

    private static bool IsNullAfter(ReadOnlySpan<byte> afterKey) => SkipColon(afterKey).StartsWith("null"u8);

    private static ReadOnlySpan<byte> SkipColon(ReadOnlySpan<byte> rest)
    {
        var at = 0;
        while (at < rest.Length && rest[at] is (byte)' ' or (byte)':' or (byte)'\t')
            at++;
        return rest[at..];
    }
}
