using System.Net;
using Microsoft.Extensions.Logging;
using Weir.Admin;
using Weir.Core.Configuration;
using Weir.Core.Configuration.Documents;
using Weir.Core.Identity;
using Weir.Core.Routing.Content;
using Weir.Core.Routing.Health;
using Weir.Core.Routing.Pools;
using Weir.Core.Spine;
using Weir.Core.Telemetry;
using Weir.Core.Upstream;
using Weir.Simulator;
using Weir.Stores.Redis;
using Weir.Stores.Secrets;
using Weir.Stores.Sqlite;
using Weir.Stores.Sqlite.Ledger;
using Weir.Telemetry;

namespace Weir.Hosting;

/// <summary>
/// The composition root: makes every part, joins them, and takes them down in the reverse order. What runs is a data
/// listener (<see cref="DataAddress"/>) and an admin listener (<see cref="AdminAddress"/>) over one SQLite file.
/// </summary>
public sealed class WeirHost : IAsyncDisposable
{
    private readonly Stack<object> _owned = new();
    private readonly CancellationTokenSource _draining = new();
    private DifficultyStore _difficulty = null!;

    private WeirHost()
    {
    }

    /// <summary>Where callers connect.</summary>
    public Uri DataAddress { get; private set; } = null!;

    /// <summary>Where operators connect.</summary>
    public Uri AdminAddress { get; private set; } = null!;

    /// <summary>The virtual key made because there was none; its secret is known only here.</summary>
    public IssuedKey? FirstKey { get; private set; }

    /// <summary>The simulated providers, when they run.</summary>
    public SimulatorServer? Simulator { get; private set; }

    public ISnapshotSource Snapshots { get; private set; } = null!;

    public IKeyStore Keys { get; private set; } = null!;

    public SqliteLedger Ledger { get; private set; } = null!;

    public WeirMetrics Metrics { get; private set; } = null!;

    /// <summary>How the targets stand.</summary>
    public ITargetStates Targets { get; internal set; } = null!;

    /// <summary>What is known of the servers of pools.</summary>
    public EndpointPools Pools { get; internal set; } = null!;

    /// <summary>Warnings of the configuration, for the start banner.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; private set; } = [];

    /// <summary>Copies of mirrored calls.</summary>
    internal Shadows? Shadows { get; set; }

    /// <summary>Tells other replicas how targets stand; null = nobody.</summary>
    internal SharedHealth? SharedHealth { get; private set; }

    internal ModelDiscovery? Discovery { get; set; }

    /// <summary>What was learnt about strong and weak models.</summary>
    internal DifficultyModels Difficulty => _difficulty.Models;

    internal Configured Configuration { get; private set; } = null!;

    /// <summary>What the admin API decides with; set when the spine is made.</summary>
    internal RoutingTools? Routing { get; set; }

    /// <summary>Starts everything; when it returns both listeners answer.</summary>
    /// <exception cref="StartException">Why it cannot start.</exception>
    public static async Task<WeirHost> StartAsync(WeirHostOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var host = new WeirHost();
        try
        {
            await host.ComposeAsync(options, logs, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops listening, lets running calls finish (bounded by <c>server.drainTimeout</c>), then closes the stores.</summary>
    public async ValueTask DisposeAsync()
    {
        // Sessions have no end of their own: they are told first, and end when their answer does.
        if (!_draining.IsCancellationRequested)
            await _draining.CancelAsync();
        while (_owned.TryPop(out var part))
        {
            if (part is IAsyncDisposable asynchronous)
                await asynchronous.DisposeAsync();
            else
                ((IDisposable)part).Dispose();
        }
        _draining.Dispose();
    }

    private async Task ComposeAsync(WeirHostOptions options, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        var time = options.Time;
        var random = SystemRandomBytes.Instance;

        // Secrets and configuration
        var secrets = InstallationSecrets.LoadOrCreate(options.DataDirectory, random, options.Environment);
        var hasher = new KeyHasher(secrets.KeyPepper.Span);
        if (options.Demo || options.ConfigPath is null)
            Simulator = Own(await SimulatorServer.StartAsync(new SimulatorOptions { TimeProvider = time }, cancellationToken));
        Configuration = Own(Configured.Load(options, hasher, Simulator is null ? null : new Uri(Simulator.BaseAddress, "v1")));
        var snapshots = Configuration.Holder;
        Snapshots = snapshots;
        Warnings = Configuration.Warnings;

        // Stores
        var databasePath = Path.Combine(options.DataDirectory, "weir.db");
        var control = Own(ControlDatabase.Open(databasePath, secrets, time));
        var directory = new KeyDirectory(snapshots, hasher);
        var keys = new SqliteKeyStore(control, directory, hasher, snapshots, random, time);
        await keys.LoadAsync(cancellationToken);
        Keys = keys;
        Ledger = Own(SqliteLedger.Open(databasePath, new LedgerOptions(), time, logs.CreateLogger<SqliteLedger>()));
        if (options.ConfigPath is null && (await keys.ListAsync(cancellationToken)).Count == 0)
            FirstKey = await keys.CreateAsync(new NewKey("first", "default", null, [], null), cancellationToken);

        // Telemetry
        Metrics = Own(new WeirMetrics());
        var tracer = Own(new CallTracer());
        var accessLog = options.AccessLog is { } output ? Own(new AccessLog(output, options.AccessLogFormat)) : null;
        var telemetry = Own(new OtlpTelemetry(Otlp(options)));
        await telemetry.StartAsync(cancellationToken);

        // The spine
        _difficulty = Own(new DifficultyStore(Path.Combine(options.DataDirectory, "difficulty")));
        SharedHealth = SharedReplicas.Start(Configuration.Documents.SharedState, Configuration.Secrets, random, time, logs);
        if (SharedHealth is not null)
            Own(SharedHealth);
        var accept = new SpineComposition(options, logs, Own).Compose(this, control, secrets, directory, tracer, accessLog, _draining.Token);

        // Listeners, admin first: readiness can be asked before the first call is taken.
        var server = Configuration.Documents.Server;
        var certificates = Certificates(server, Path.GetDirectoryName(Path.GetFullPath(options.ConfigPath ?? "."))!, time, logs);
        var adminEndpoint = options.Admin ?? server.Admin;
        var admin = Own(new AdminListener(adminEndpoint, server, AdminServices(options, secrets, adminEndpoint, accessLog, certificates), logs));
        var data = Own(new DataListener(options.Listen ?? server.Listen, server, certificates, accept, logs));
        AdminAddress = await admin.StartAsync(cancellationToken);
        DataAddress = await data.StartAsync(cancellationToken);
    }

    private OtlpOptions? Otlp(WeirHostOptions options)
    {
        try
        {
            return OtlpOptions.Resolve(Configuration.Documents.Telemetry.Otlp, s => Configuration.Secrets.Read(s).Value?.Trim(), options.Version, options.Environment);
        }
        catch (FormatException e)
        {
            throw new StartException(e.Message, e);
        }
    }

    private static CertificateSource? Certificates(ServerSpec server, string directory, TimeProvider time, ILoggerFactory logs) =>
        server.Tls is { Certificate: { } certificate, Key: { } key }
            ? new CertificateSource(Path.GetFullPath(certificate.FromFile, directory), Path.GetFullPath(key.FromFile, directory), time, logs.CreateLogger<CertificateSource>())
            : null;

    private AdminServices AdminServices(WeirHostOptions options, InstallationSecrets secrets, IPEndPoint endpoint, AccessLog? accessLog, CertificateSource? certificates) => new()
    {
        Access = new AdminAccess(options.Environment(AdminToken.Variable) is { Length: > 0 } given ? given.Trim() : secrets.AdminToken, [], IPAddress.IsLoopback(endpoint.Address)),
        Keys = Keys,
        Ledger = Ledger,
        Snapshots = Snapshots,
        Metrics = Metrics,
        State = new OperationalState
        {
            Version = options.Version,
            Snapshots = Snapshots,
            Time = options.Time,
            Targets = () => Targets.All(options.Time.GetUtcNow()),
            LedgerDepth = () => Ledger.Health.Depth,
            ShadowsInFlight = () => Shadows?.UnderWay ?? 0,
            ShadowsDropped = () => Shadows?.Dropped ?? 0,
            SharedHealth = () => SharedHealth?.Status,
            AccessLogDropped = () => accessLog?.Dropped ?? 0,
        },
        Reload = Configuration.ReloadAsync,
        Learn = _difficulty.Learn,
        Discovery = Discovery,
        Warnings = () => Configuration.Warnings,
        LedgerProblem = () => Ledger.Health.LastError,
        CertificateProblem = () => certificates?.Problem,
        Routing = Routing,
        StartedAt = options.Time.GetUtcNow(),
    };

    private T Own<T>(T part)
        where T : class
    {
        Own((object)part);
        return part;
    }

    private void Own(object part) => _owned.Push(part);
}
