using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Weir.Tests.Stores;
using Xunit;

namespace Weir.Tests.Replicas;

/// <summary>A real redis-server on a free port of loopback, which keeps nothing on disk. Tests are skipped where there is none.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    public const string Password = "the-password-of-redis-7421";
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _arguments;
    private Process _process = null!;

    private RedisServer(int port, string[] arguments) => (Port, _arguments) = (port, arguments);

    public int Port { get; }

    /// <param name="arguments">Further settings, each as redis-server takes it on the command line; <c>{port}</c> stands for the port.</param>
    public static async Task<RedisServer> StartAsync(params string[] arguments)
    {
        var server = new RedisServer(FreePort(), arguments);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it on the same port, with nothing in it.</summary>
    public async Task StartAgainAsync()
    {
        var info = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all = [.. _arguments.Contains("--tls-port") ? [] : (string[])["--port", "{port}"], "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.File("."), "--requirepass", Password, .. _arguments];
        Directory.CreateDirectory(_folder.File("."));
        foreach (var argument in all)
            info.ArgumentList.Add(argument.Replace("{port}", $"{Port}", StringComparison.Ordinal));
        try
        {
            _process = Process.Start(info)!;
        }
        catch (Win32Exception)
        {
            _folder.Dispose();
            Assert.Skip("there is no redis-server on this machine (apt-get install redis-server)");
            throw;
        }
        _ = _process.StandardError.ReadToEndAsync();
        var said = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }
        throw new InvalidOperationException("redis-server did not start:\n" + string.Join('\n', said));
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await KillAsync();
        }
        catch (InvalidOperationException)
        {
            // Killed before.
        }
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
