using System.Net;
using System.Net.Sockets;
using System.Text;
using Weir.Core.Routing.Health;
using Weir.Simulator;
using Weir.Simulator.Scripts;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Spine;

/// <summary>
/// One gateway with, for every <see cref="Fault"/> and each upstream dialect <c>D</c>, the models <c>FAULT-D</c> (the
/// faulty target, then a good one) and <c>only-FAULT-D</c> (the faulty one alone).
/// </summary>
public sealed class FaultyWorld : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _scripted = [];
    private SimulatorServer? _bad;
    private BlackHole? _hole;
    private Socket? _refuser;

    public WeirFixture Weir { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var rules = Fault.All.Where(f => f.Directives.Length > 0).Select(f => $$$"""{"match":{"model":"{{{f.Name}}}"},"do":{ {{{f.Directives}}} }}""");
        _bad = await SimulatorServer.StartAsync(new SimulatorOptions { Script = SimulatorScript.Parse("{\"rules\":[" + string.Join(',', rules) + "]}") });
        _hole = await BlackHole.OpenAsync(TestContext.Current.CancellationToken);
        // Bound and never listening: the port stays ours and every connection to it is refused.
        _refuser = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _refuser.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        var providers = new StringBuilder("server: {drainTimeout: 0s}\nproviders:\n");
        void Add(string name, Uri url, string more = "")
        {
            providers.AppendLine($"  - {{name: {name}-chat, kind: simulated, baseUrl: \"{url}\", dialects: {{openai-chat: }}{more}}}");
            providers.AppendLine($"  - {{name: {name}-messages, kind: simulated, baseUrl: \"{url}\", dialects: {{anthropic-messages: }}{more}}}");
        }

        Add("good", new Uri("http://sim.invalid/"));
        Add("bad", new Uri(_bad.BaseAddress, "v1"));
        Add("slow", new Uri(_bad.BaseAddress, "v1"), ", timeouts: {firstToken: 500ms, idle: 500ms}");
        Add("refused", new Uri($"http://127.0.0.1:{((IPEndPoint)_refuser.LocalEndPoint!).Port}/v1"));
        Add("blackhole", _hole.BaseUrl, ", timeouts: {connect: 300ms}");
        Add("closer", Scripted(""));
        Add("babble", Scripted("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
        Add("redirect", Scripted("HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 29\r\n\r\n{\"error\":{\"message\":\"moved\"}}"));
        Add("empty", Scripted("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\ncontent-length: 0\r\n\r\n"));
        Add("nonsense", Scripted("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\ncontent-length: 40\r\n\r\ndata: \u00ff\u00fe{{{\n\nbogus\nid: 7\n\ndata: []\n\n    "));

        var models = new StringBuilder("models:\n");
        foreach (var fault in Fault.All)
        {
            foreach (var dialect in new[] { "chat", "messages" })
            {
                var target = $"{{provider: {fault.Provider}-{dialect}, model: {fault.Name}}}";
                models.AppendLine($"  - {{name: {fault.Name}-{dialect}, targets: [{target}, {{provider: good-{dialect}, model: good}}]}}");
                models.AppendLine($"  - {{name: only-{fault.Name}-{dialect}, targets: [{target}]}}");
            }
        }
        // Every call shall meet its fault: breakers and rests have tests of their own.
        Weir = await WeirFixture.StartAsync(providers.ToString().Replace("http://sim.invalid/", "{sim}", StringComparison.Ordinal) + models, breaker: BreakerPolicy.Never with { LongestRest = TimeSpan.Zero });
    }

    public async ValueTask DisposeAsync()
    {
        if (Weir is not null)
            await Weir.DisposeAsync();
        if (_bad is not null)
            await _bad.DisposeAsync();
        foreach (var upstream in _scripted)
            await upstream.DisposeAsync();
        _hole?.Dispose();
        _refuser?.Dispose();
    }

    private Uri Scripted(string answer)
    {
        var upstream = ScriptedUpstream.Start(Encoding.Latin1.GetBytes(answer));
        _scripted.Add(upstream);
        return upstream.BaseUrl;
    }
}
