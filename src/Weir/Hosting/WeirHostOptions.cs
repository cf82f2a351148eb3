using System.Net;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Weir.Core.Telemetry;

namespace Weir.Hosting;

/// <summary>How to start: what the command line and the process environment say.</summary>
public sealed record WeirHostOptions
{
    /// <summary>Configuration file, or null: providers from the environment, and the demo model.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>Where the database, the master key and the admin token live.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Overrides <c>server.listen</c>.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>Overrides <c>server.admin</c>.</summary>
    public IPEndPoint? Admin { get; init; }

    /// <summary>Run the built-in simulator and serve the model <c>demo</c>; always on without a configuration file.</summary>
    public bool Demo { get; init; }

    /// <summary>Environment variables.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What draws come from: among equals, for jitter, for exploration. Seeded by the system when null.</summary>
    public IRandomSource? Chance { get; init; }

    /// <summary>When breakers of targets, and of servers in pools, open.</summary>
    public BreakerPolicy Breaker { get; init; } = BreakerPolicy.Default;

    /// <summary>Where access log lines go; null = nowhere.</summary>
    public Stream? AccessLog { get; init; }

    public AccessLogFormat AccessLogFormat { get; init; } = AccessLogFormat.Json;

    /// <summary>Product version shown by health, metrics and traces.</summary>
    public string Version { get; init; } = "dev";
}
