using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Weir.Core.Tokens.BytePair;

/// <summary>
/// Exact tokens of text in one of OpenAI's encodings. Special tokens in the text are ordinary text. Bytes that are no
/// UTF-8 count as U+FFFD, as they would once a service has decoded them. Time is linear in the text, whatever it holds;
/// thread safe.
/// </summary>
public abstract class Tokenizer
{
    /// <summary>Number of tokens.</summary>
    public long Count(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
            return Encode(utf8, null);
        var repaired = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(utf8));
        return Encode(repaired, null);
    }

    /// <summary>Number of tokens. Surrogates without their other half count as U+FFFD.</summary>
    public long Count(ReadOnlySpan<char> text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return Encode(buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)), null);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The tokens themselves.</summary>
    public IReadOnlyList<int> Encode(string text)
    {
        var tokens = new List<int>();
        Encode(Encoding.UTF8.GetBytes(text), tokens);
        return tokens;
    }

    /// <summary>Counts well-formed text, and adds its tokens to <paramref name="tokens"/> where that is not null.</summary>
    private protected abstract long Encode(ReadOnlySpan<byte> utf8, List<int>? tokens);
}

/// <summary>An encoding: how text is cut, and which tokens there are.</summary>
internal sealed class Tokenizer<TSplitter>(Vocabulary vocabulary) : Tokenizer
    where TSplitter : struct, ISplitter
{
    private protected override long Encode(ReadOnlySpan<byte> utf8, List<int>? tokens)
    {
        var merger = new Merger(vocabulary);
        long count = 0;
        for (var at = 0; at < utf8.Length;)
        {
            var end = default(TSplitter).End(utf8, at);
            count += merger.Encode(utf8[at..end]);
            tokens?.AddRange(merger.Tokens);
            at = end;
        }

        merger.Dispose();
        return count;
    }
}
