using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using BenchmarkDotNet.Attributes;
using Weir.Core.Dialects.OpenAiRealtime;
using Weir.Core.Spine.Sessions;

namespace Weir.Benchmarks;

/// <summary>
/// A message of a session over loopback sockets, one at a time: straight from one end to the other, and through the
/// gateway's pump, which adds one receive and one send. The two ends' own work is in both.
/// </summary>
public class SessionBenchmarks
{
    private const int Messages = 100;
    private readonly byte[] _received = new byte[64 * 1024];
    private byte[] _message = [];
    private (WebSocket Sends, WebSocket Receives) _direct;
    private (WebSocket Sends, WebSocket Receives) _relayed;

    [Params(200, 16_000)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        _message = new byte[Bytes];
        "{\"type\":\"response.output_audio.delta\""u8.CopyTo(_message);
        _direct = await PairAsync();
        var upstream = await PairAsync();
        var client = await PairAsync();
        _relayed = (upstream.Sends, client.Receives);
        var pulse = new SessionPulse(TimeProvider.System);
        var reader = new SessionReader(null!, null!, new OpenAiRealtimeDialect().CreateSessionTap(), null!);
        _ = new SessionPump(upstream.Receives, client.Sends, 1 << 20, pulse.Beat, reader).RunAsync(CancellationToken.None);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    public Task Direct() => PassAsync(_direct);

    [Benchmark(OperationsPerInvoke = Messages)]
    public Task Relayed() => PassAsync(_relayed);

    private async Task PassAsync((WebSocket Sends, WebSocket Receives) ends)
    {
        for (var i = 0; i < Messages; i++)
        {
            await ends.Sends.SendAsync(_message.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            while (!(await ends.Receives.ReceiveAsync(_received.AsMemory(), CancellationToken.None)).EndOfMessage)
            {
            }
        }
    }

    private static async Task<(WebSocket Sends, WebSocket Receives)> PairAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var near = new TcpClient { NoDelay = true };
        await near.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var far = await listener.AcceptTcpClientAsync();
        far.NoDelay = true;
        return (WebSocket.CreateFromStream(near.GetStream(), new WebSocketCreationOptions { IsServer = true }),
            WebSocket.CreateFromStream(far.GetStream(), new WebSocketCreationOptions { IsServer = false }));
    }
}
