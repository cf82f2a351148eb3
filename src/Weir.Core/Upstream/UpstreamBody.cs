using System.IO.Compression;
using Weir.Core.Spine;

namespace Weir.Core.Upstream;

/// <summary>The bytes of an upstream's answer, unpacked when it was packed although we asked for plain.</summary>
public static class UpstreamBody
{
    /// <summary>The stream itself; nothing is read yet.</summary>
    public static Stream Open(HttpResponseMessage response)
    {
        var stream = response.Content.ReadAsStream();
        return ResponseHead.LastEncoding(response)?.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(stream, CompressionMode.Decompress),
            "br" => new UnpackingStream(new BrotliStream(stream, CompressionMode.Decompress)),
            "deflate" => new ZLibStream(stream, CompressionMode.Decompress),
            _ => stream,
        };
    }

    /// <summary>Reads an answer to the end that is not a call's: a list, a verdict. Null when there is more than <paramref name="limit"/> bytes.</summary>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAllAsync(HttpContent content, int limit, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await using var stream = await content.ReadAsStreamAsync(cancel);
        var buffer = new byte[16 << 10];
        for (int read; (read = await stream.ReadAsync(buffer, cancel)) > 0;)
        {
            if (body.Length + read > limit)
                return null;
            body.Write(buffer, 0, read);
        }
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <summary>Reads to the end, each read under the idle clock. False when there was more than <paramref name="limit"/> bytes.</summary>
    public static async ValueTask<bool> ReadAllAsync(Stream stream, PooledBody into, int limit, AttemptClock clock)
    {
        try
        {
            while (true)
            {
                clock.Arm(AttemptClock.Idle);
                var count = await stream.ReadAsync(into.GetMemory(), clock.Token);
                if (count == 0)
                    return true;
                into.Advance(count);
                if (into.Length > limit)
                    return false;
            }
        }
        catch (InvalidDataException e)
        {
            throw new IOException("The answer's compression is broken.", e);
        }
    }

    /// <summary>
    /// Reads what can be had of an error's body: at most <paramref name="limit"/> bytes and <paramref name="patience"/>.
    /// The status has already said what matters, so a body that stalls or breaks off changes nothing.
    /// </summary>
    public static async ValueTask ReadSomeAsync(Stream stream, PooledBody into, int limit, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        try
        {
            while (into.Length < limit)
            {
                var count = await stream.ReadAsync(into.GetMemory(), either.Token);
                if (count == 0)
                    return;
                into.Advance(count);
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is OperationCanceledException or IOException or InvalidDataException or HttpRequestException)
        {
            // What came so far has to do.
        }
    }

    /// <summary>True when the bytes on the wire are packed: what they unpack to is anybody's guess.</summary>
    public static bool IsPacked(HttpResponseMessage response) => ResponseHead.LastEncoding(response) is not null;
}
