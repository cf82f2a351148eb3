using System.IO.Compression;
using Weir.Core.Spine;

namespace Weir.Core.Upstream;

/// <summary>The bytes of an upstream's answer, unpacked when it was packed although we asked for plain.</summary>
public static class UpstreamBody
{
    public static bool IsEventStream(HttpResponseMessage response) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);

    public static async ValueTask<Stream> OpenAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        return response.Content.Headers.ContentEncoding.LastOrDefault()?.ToLowerInvariant() switch
        {
            "gzip" or "x-gzip" => new GZipStream(stream, CompressionMode.Decompress),
            "br" => new BrotliStream(stream, CompressionMode.Decompress),
            "deflate" => new ZLibStream(stream, CompressionMode.Decompress),
            _ => stream,
        };
    }

    /// <summary>Reads to the end. False when there was more than <paramref name="limit"/> bytes (with <paramref name="truncate"/>: the rest is dropped and the answer is true).</summary>
    public static async ValueTask<bool> ReadAllAsync(Stream stream, PooledBody into, int limit, bool truncate, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(into.GetMemory(), cancellationToken);
                if (count == 0)
                    return true;
                into.Advance(count);
                if (into.Length > limit)
                    return truncate;
            }
        }
        catch (InvalidDataException e)
        {
            throw new IOException("The answer's compression is broken.", e);
        }
    }
}
