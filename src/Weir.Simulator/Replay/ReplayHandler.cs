using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using System.Buffers;
using System.IO.Compression;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Records;

namespace Weir.Simulator.Replay;

/// <summary>
/// Serves recorded exchanges: by header <c>x-replay-id</c>, by path <c>/replay/{id}/[{mode}/]...</c>, or by exact
/// path and body. The delivery is that of <see cref="ReplayMode"/>, by header <c>x-replay-mode</c> or path.
/// </summary>
internal sealed class ReplayHandler(ReplayCorpus corpus, TimeProvider time)
{
    public const string DialectName = "replay";

    private const string Prefix = "/replay/";

    // Hop-by-hop (RFC 9110 7.6.1), or set by the server: recorders change bodies, so recorded lengths lie.
    private static readonly FrozenSet<string> Dropped = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
    [
        "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade", "content-length", "date",
    ]);

    /// <summary>The exchange the request names, or null when it names none. Path and headers alone decide.</summary>
    public static (string Id, ReplayMode Mode)? Named(HttpRequest request)
    {
        var mode = ReplayMode.Parse(request.Headers["x-replay-mode"].ToString());
        if (request.Headers["x-replay-id"].ToString() is { Length: > 0 } id)
        {
            return (id, mode ?? ReplayMode.Whole);
        }

        var path = request.Path.Value ?? "";
        if (!path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = path[Prefix.Length..].Split('/', 3);
        mode = (parts.Length > 1 ? ReplayMode.Parse(parts[1]) : null) ?? mode;
        return (parts[0], mode ?? ReplayMode.Whole);
    }

    public Task NamedAsync(Call call, (string Id, ReplayMode Mode) named)
    {
        if (corpus.Find(named.Id) is { } exchange)
        {
            return ServeAsync(call, exchange, named.Mode);
        }

        call.Http.Response.StatusCode = StatusCodes.Status404NotFound;
        call.Finish(Completion.Rejected);
        return Task.CompletedTask;
    }

    public ReplayExchange? Match(HttpRequest request, ReadOnlyMemory<byte> body) =>
        corpus.Match(request.Path.Value ?? "", body.Span);

    public async Task ServeAsync(Call call, ReplayExchange exchange, ReplayMode mode)
    {
        var response = call.Http.Response;
        call.Dialect = DialectName;
        call.Model = exchange.Id;
        call.Stream = exchange.Stream;
        response.StatusCode = exchange.Status;
        foreach (var (name, value) in exchange.ResponseHeaders.Where(header => !Dropped.Contains(header.Key)))
        {
            response.Headers.Append(name, value);
        }

        var isPacked = response.Headers.ContentEncoding.Count > 0;
        var body = exchange.ResponseBody;
        if (HttpMethods.IsHead(call.Http.Request.Method) || exchange.Status is 204 or 304 or < 200)
        {
            call.Finish(Completion.Complete);
            return;
        }

        if (mode.Kind == "whole")
        {
            CallRunner.WriteUnflushed(response, body);
            call.SentWhole(default, reported: false);
            call.Finish(Completion.Complete);
            return;
        }

        var pieces = Pieces(body, response.ContentType ?? "", exchange.Stream && !isPacked, mode);
        if (mode.Kind == "gzip" && !isPacked)
        {
            response.Headers.ContentEncoding = "gzip";
            pieces = Pack(pieces);
        }

        await SendAsync(call, pieces, mode);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> body, string type, bool stream, ReplayMode mode) =>
        mode.Kind switch
        {
            "byte" => Sized(body, () => 1),
            "random" => Random(body, (ulong)mode.Value),
            _ => EventSplitter.Split(body, type, stream),
        };

    private static IEnumerable<ReadOnlyMemory<byte>> Random(ReadOnlyMemory<byte> body, ulong seed)
    {
        var random = new SplitMix(seed);
        return Sized(body, () => random.Next(1, 65));
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Sized(ReadOnlyMemory<byte> body, Func<int> size)
    {
        while (body.Length > 0)
        {
            var length = Math.Min(size(), body.Length);
            yield return body[..length];
            body = body[length..];
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Pack(IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var piece in pieces)
            {
                gzip.Write(piece.Span);
                gzip.Flush();
                yield return packed.ToArray();
                packed.SetLength(0);
            }
        }

        yield return packed.ToArray();
    }

    private async Task SendAsync(Call call, IEnumerable<ReadOnlyMemory<byte>> pieces, ReplayMode mode)
    {
        var response = call.Http.Response;
        await response.StartAsync(call.Gone);
        foreach (var piece in pieces)
        {
            if (mode.Kind == "cut" && call.Events >= mode.Value)
            {
                break;
            }

            if (mode.Kind == "slow" && call.Events > 0 && !await time.WaitAsync(TimeSpan.FromMilliseconds(mode.Value), call.Gone))
            {
                return;
            }

            call.Sent(new SimEvent(EventKind.Frame), default);
            response.BodyWriter.Write(piece.Span);
            await response.BodyWriter.FlushAsync();
            if (call.Gone.IsCancellationRequested)
            {
                return;
            }
        }

        call.Finish(mode.Kind == "cut" ? Completion.Cut : Completion.Complete);
        if (mode.Kind == "cut")
        {
            // Even with no event sent, the head is.
            await response.BodyWriter.FlushAsync();
            call.Http.Abort();
        }
    }
}
