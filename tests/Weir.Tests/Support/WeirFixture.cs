using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Core.Identity;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Weir.Hosting;
using Weir.Simulator;
using Weir.Tests.Stores;
using Xunit;

namespace Weir.Tests.Support;

/// <summary>
/// A whole gateway on free ports over a temporary data directory, in front of a simulator. The configuration is the
/// default one (models <c>chat</c>, <c>messages</c>, <c>embed</c>) or what the test writes; <c>{sim}</c> in it stands
/// for the simulator's base URL including <c>/v1</c>.
/// </summary>
public sealed class WeirFixture : IAsyncDisposable
{
    public const string ChatPath = "/v1/chat/completions";
    public const string MessagesPath = "/v1/messages";
    public const string ResponsesPath = "/v1/responses";

    private const string DefaultConfiguration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: sim-chat, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: , openai-embeddings: }}
          - {name: sim-messages, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }}
        models:
          - {name: chat, targets: [{provider: sim-chat, model: gpt-4o}]}
          - {name: messages, targets: [{provider: sim-messages, model: claude-sonnet-5}]}
          - {name: embed, targets: [{provider: sim-chat, model: text-embedding-3-small}]}
        """;

    private readonly TemporaryFolder _folder;

    private WeirFixture(TemporaryFolder folder, SimulatorServer simulator, WeirHost host, IssuedKey key)
    {
        (_folder, Simulator, Host, Key) = (folder, simulator, host, key);
        Http = NewClient(key.Secret);
    }

    public SimulatorServer Simulator { get; }

    public WeirHost Host { get; }

    /// <summary>A virtual key that may use every model.</summary>
    public IssuedKey Key { get; }

    /// <summary>A client on the data listener that sends <see cref="Key"/>.</summary>
    public HttpClient Http { get; }

    public ILedgerReader Ledger => Host.Ledger;

    public Uri Data => Host.DataAddress;

    public Uri Admin => Host.AdminAddress;

    /// <summary>Secret of the admin API.</summary>
    public string AdminToken { get; private init; } = "";

    public string ConfigurationPath => _folder.File("weir.yaml");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts simulator and gateway.</summary>
    /// <param name="configuration">YAML; the default configuration when null.</param>
    /// <param name="simulator">How the simulator behaves.</param>
    /// <param name="time">Clock of the gateway (the simulator keeps its own).</param>
    /// <param name="environment">Environment variables of the gateway; none when null.</param>
    /// <param name="breaker">When breakers open; as in the product when null.</param>
    /// <param name="chance">What draws come from; as in the product when null.</param>
    /// <param name="logs">Where log lines go; nowhere when null.</param>
    public static async Task<WeirFixture> StartAsync(string? configuration = null, SimulatorOptions? simulator = null, TimeProvider? time = null, Func<string, string?>? environment = null,
        BreakerPolicy? breaker = null, IRandomSource? chance = null, ILoggerFactory? logs = null)
    {
        const string token = "fixture-admin-token-0123456789abcdef";
        var folder = new TemporaryFolder();
        var sim = await SimulatorServer.StartAsync(simulator, Cancellation);
        WeirHost? host = null;
        try
        {
            await File.WriteAllTextAsync(folder.File("weir.yaml"), Resolve(configuration ?? DefaultConfiguration, sim), Cancellation);
            host = await WeirHost.StartAsync(new WeirHostOptions
            {
                ConfigPath = folder.File("weir.yaml"),
                DataDirectory = folder.File("data"),
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                Admin = new IPEndPoint(IPAddress.Loopback, 0),
                Environment = name => name == Weir.Admin.AdminToken.Variable ? token : environment?.Invoke(name),
                Time = time ?? TimeProvider.System,
                Breaker = breaker ?? BreakerPolicy.Default,
                Chance = chance,
            }, logs ?? NullLoggerFactory.Instance, Cancellation);
            var key = await host.Keys.CreateAsync(new NewKey("test", "default", null, [], null), Cancellation);
            return new WeirFixture(folder, sim, host, key) { AdminToken = token };
        }
        catch (StartException e)
        {
            await sim.DisposeAsync();
            folder.Dispose();
            throw new InvalidOperationException(string.Join('\n', [e.Message, .. e.Diagnostics.Select(d => d.ToString())]), e);
        }
        catch
        {
            if (host is not null)
                await host.DisposeAsync();
            await sim.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Replaces the configuration file in one step; a reload follows by itself.</summary>
    public async Task RewriteConfigurationAsync(string configuration)
    {
        var next = ConfigurationPath + ".next";
        await File.WriteAllTextAsync(next, Resolve(configuration, Simulator), Cancellation);
        File.Move(next, ConfigurationPath, overwrite: true);
    }

    /// <summary>A client on the data listener with another credential, or none.</summary>
    public HttpClient NewClient(string? secret, SocketsHttpHandler? handler = null)
    {
        // Without a drain, disposing of a response that was not read to its end closes the connection at once.
        var client = new HttpClient(handler ?? new SocketsHttpHandler { MaxResponseDrainSize = 0 }) { BaseAddress = Data, Timeout = TimeSpan.FromSeconds(60) };
        if (secret is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    /// <summary>A body of the path's dialect: one user message, and <paramref name="extra"/> as further members (with a leading comma).</summary>
    public static string Body(string path, string model, string text, bool stream, string extra = "") => path == ResponsesPath
        ? $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"input":"{{JsonText(text)}}"{{extra}}}"""
        : $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}}{{(path == MessagesPath ? ",\"max_tokens\":1024" : "")}},"messages":[{"role":"user","content":"{{JsonText(text)}}"}]{{extra}}}""";

    public static string JsonText(string text) => System.Text.Json.JsonEncodedText.Encode(text).ToString();

    public Task<Answer> ChatAsync(string model, string text, bool stream = false, string extra = "") => CallAsync(ChatPath, model, text, stream, extra);

    public Task<Answer> MessagesAsync(string model, string text, bool stream = false, string extra = "") => CallAsync(MessagesPath, model, text, stream, extra);

    public Task<Answer> CallAsync(string path, string model, string text, bool stream = false, string extra = "") =>
        PostAsync(path, Encoding.UTF8.GetBytes(Body(path, model, text, stream, extra)));

    /// <summary>Posts and reads to the end, however the connection ends.</summary>
    public async Task<Answer> PostAsync(string path, byte[] body, HttpClient? client = null)
    {
        using var response = await SendAsync(path, body, client);
        return await Answer.ReadAsync(response, Cancellation);
    }

    /// <summary>Posts and returns at the response head.</summary>
    public Task<HttpResponseMessage> SendAsync(string path, byte[] body, HttpClient? client = null, CancellationToken cancellationToken = default)
    {
        var http = client ?? Http;
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(body),
            Version = http.DefaultRequestVersion,
            VersionPolicy = http.DefaultVersionPolicy,
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (path.StartsWith(MessagesPath, StringComparison.Ordinal))
            request.Headers.Add("anthropic-version", "2023-06-01");
        return http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead,
            cancellationToken == default ? Cancellation : cancellationToken);
    }

    /// <summary>The ledger's view of a call, once it is recorded.</summary>
    public Task<(RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)> RecordOfAsync(Answer answer) => RecordOfAsync(answer.RequestId!);

    public async Task<(RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)> RecordOfAsync(string requestId) =>
        await Eventually.GetAsync(() => Ledger.FindAsync(requestId, Cancellation), found => found is not null, "a record of call " + requestId)
            is { } record ? record : throw new InvalidOperationException();

    /// <summary>The newest call's view, once there are <paramref name="calls"/> of them.</summary>
    public async Task<(RequestRecord Request, IReadOnlyList<LedgerEntry> Attempts)> NewestRecordAsync(int calls = 1)
    {
        var list = await Eventually.GetAsync(() => Ledger.ListAsync(new RequestQuery(1000), Cancellation), l => l.Count >= calls, $"{calls} recorded calls");
        return await RecordOfAsync(list[0].Id);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        await Simulator.DisposeAsync();
        _folder.Dispose();
    }

    private static string Resolve(string configuration, SimulatorServer simulator) =>
        configuration.Replace("{sim}", new Uri(simulator.BaseAddress, "v1").AbsoluteUri, StringComparison.Ordinal);
}
