using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;

namespace Weir.Simulator.Calls;

/// <summary>
/// Faults below HTTP. They write to the connection's socket past the server, which has nothing pending for this
/// request; only plain connections of the simulator's own server have one.
/// </summary>
internal static class RawFaults
{
    private const int BombBytes = 1 << 30;

    /// <summary>Header lines until the client hangs up.</summary>
    public static async Task EndlessHeadersAsync(HttpContext http)
    {
        var socket = Socket(http);
        var number = 0;
        try
        {
            await socket.SendAsync("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"u8.ToArray(), http.RequestAborted);
            while (!http.RequestAborted.IsCancellationRequested)
            {
                var lines = new StringBuilder();
                for (var line = 0; line < 32; line++)
                {
                    lines.Append("x-endless-").Append(number++).Append(": 0123456789abcdef0123456789abcdef\r\n");
                }

                await socket.SendAsync(Encoding.ASCII.GetBytes(lines.ToString()), http.RequestAborted);
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client had enough.
        }

        http.Abort();
    }

    /// <summary>The response head byte by byte, then the body. False when the client went away before the end.</summary>
    public static async Task<bool> SlowHeadersAsync(HttpContext http, TimeSpan pace, TimeProvider time, ReadOnlyMemory<byte> body)
    {
        var socket = Socket(http);
        var head = new StringBuilder("HTTP/1.1 200 OK\r\n");
        foreach (var (name, value) in http.Response.Headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        head.Append("content-length: ").Append(body.Length).Append("\r\nconnection: close\r\n\r\n");
        try
        {
            foreach (var letter in Encoding.ASCII.GetBytes(head.ToString()))
            {
                await socket.SendAsync(new[] { letter }, http.RequestAborted);
                if (!await time.WaitAsync(pace, http.RequestAborted))
                {
                    return false;
                }
            }

            await socket.SendAsync(body, http.RequestAborted);
            socket.Shutdown(SocketShutdown.Send);
            return true;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>A small gzip body that unpacks to a gigabyte.</summary>
    public static async Task GzipBombAsync(HttpContext http)
    {
        http.Response.Headers.ContentEncoding = "gzip";
        var spaces = new byte[64 * 1024];
        spaces.AsSpan().Fill((byte)' ');
        await using var pack = new GZipStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        for (var left = BombBytes; left > 0 && !http.RequestAborted.IsCancellationRequested; left -= spaces.Length)
        {
            await pack.WriteAsync(spaces);
        }
    }

    private static Socket Socket(HttpContext http) =>
        http.Features.Get<IConnectionSocketFeature>()?.Socket ??
        throw new ApiFault(501, "This simulator fault needs a plain connection of the simulator's own server.");
}
