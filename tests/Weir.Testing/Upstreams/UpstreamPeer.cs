using System.Net.Sockets;
using System.Text;

namespace Weir.Testing.Upstreams;

/// <summary>One connection of a <see cref="ScriptedUpstream"/>.</summary>
public sealed class UpstreamPeer(Socket socket, CancellationToken stopped)
{
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Head and body as they arrived.</summary>
    public string Request { get; private set; } = "";

    /// <summary>Completes when the request was read.</summary>
    public Task Received => _received.Task;

    /// <summary>Completes when the other side closed or reset the connection; only observed by <see cref="UntilClosedAsync"/>.</summary>
    public Task Closed => _closed.Task;

    public async Task SendAsync(byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
            sent += await socket.SendAsync(bytes.AsMemory(sent), stopped);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>One chunk of a chunked body.</summary>
    public Task SendChunkAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return SendAsync([.. Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), .. bytes, .. "\r\n"u8]);
    }

    /// <summary>Waits, silent, until the other side hangs up.</summary>
    public async Task UntilClosedAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, stopped) > 0)
            {
                // More than one request on a connection is not expected here; whatever comes is thrown away.
            }
        }
        catch (SocketException)
        {
            // Reset: gone as well.
        }
        _closed.TrySetResult();
    }

    /// <summary>An orderly close: what was sent arrives.</summary>
    public void Close()
    {
        socket.Shutdown(SocketShutdown.Send);
        socket.Close(5);
    }

    /// <summary>RST.</summary>
    public void Reset()
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Closed already.
        }
        socket.Dispose();
    }

    internal async Task<bool> ReadRequestAsync()
    {
        var text = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (!IsWhole(text.ToString()))
        {
            var count = await socket.ReceiveAsync(buffer, stopped);
            if (count == 0)
                return false;
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        Request = text.ToString();
        _received.TrySetResult();
        return true;
    }

    private static bool IsWhole(string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
            return false;
        const string field = "content-length:";
        var at = text.IndexOf(field, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at > head)
            return true;
        var end = text.IndexOf('\r', at);
        return text.Length - head - 4 >= int.Parse(text.AsSpan(at + field.Length, end - at - field.Length), provider: System.Globalization.CultureInfo.InvariantCulture);
    }
}
