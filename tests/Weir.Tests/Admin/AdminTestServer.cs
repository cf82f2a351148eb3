using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Admin;
using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Routing.Health;
using Weir.Core.Telemetry;
using Weir.Core.Tokens;

namespace Weir.Tests.Admin;

/// <summary>The admin API on a real Kestrel, port 0, over fakes.</summary>
internal sealed class AdminTestServer : IAsyncDisposable
{
    public const string Token = "wa-test-token";

    private readonly WebApplication _app;
    private readonly WeirMetrics _metrics;

    private AdminTestServer(WebApplication app, WeirMetrics metrics, FakeKeyStore keys, FakeLedger ledger, FakeSnapshots snapshots) =>
        (_app, _metrics, Keys, Ledger, Snapshots) = (app, metrics, keys, ledger, snapshots);

    public FakeKeyStore Keys { get; }
    public FakeLedger Ledger { get; }
    public FakeSnapshots Snapshots { get; }
    public WeirMetrics Metrics => _metrics;
    public ConfigurationFault? NextReload { get; set; }
    public string? LedgerProblem { get; set; }
    public bool Draining { get; set; }
    public Uri Address { get; private set; } = null!;

    public static async Task<AdminTestServer> StartAsync(bool loopbackOnly = true, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var metrics = new WeirMetrics();
        var server = new AdminTestServer(app, metrics, new FakeKeyStore { Now = Fixtures.Now }, new FakeLedger(), new FakeSnapshots());
        AdminApi.Map(app, new AdminServices
        {
            Access = new AdminAccess(Token, ["weir.internal"], loopbackOnly),
            Keys = server.Keys,
            Ledger = server.Ledger,
            Snapshots = server.Snapshots,
            Metrics = metrics,
            State = new OperationalState { Version = "0.1.0", Snapshots = server.Snapshots, Time = time ?? new FixedTime(Fixtures.Now), LedgerDepth = () => 7 },
            Reload = _ => Task.FromResult(server.NextReload),
            LedgerProblem = () => server.LedgerProblem,
            Draining = () => server.Draining,
            Routing = new RoutingTools(null!, null!, new DialectTable([new OpenAiChatDialect()]), new TokenCounter(TimeProvider.System), new TargetStates(), LookAt),
            StartedAt = Fixtures.Now.AddMinutes(-5),
        });
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    private static LoadResult LookAt(string text, string name) => ConfigurationLoader.LoadText(text, name,
        new LoadContext { HashKey = _ => default, Time = TimeProvider.System, WithoutSecrets = true });

    public async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Response)> SendAsync(string method, string path, string? token = Token,
        string? host = null, string? origin = null, string? json = null, string? accept = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Address, path));
        if (token is not null)
            request.Headers.Add("Authorization", "Bearer " + token);
        if (host is not null)
            request.Headers.Host = host;
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (json is not null)
            request.Content = new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _metrics.Dispose();
    }
}
