namespace Weir.Core.Providers;

/// <summary>The four clocks of an upstream call. Defaults do not cut reasoning models that are silent for minutes.</summary>
/// <param name="Connect">TCP and TLS set-up.</param>
/// <param name="FirstToken">From request sent to first content of a stream, or to the response head otherwise.</param>
/// <param name="Idle">Longest silence between two reads after the response began.</param>
/// <param name="Total">The whole attempt.</param>
public sealed record UpstreamTimeouts(TimeSpan Connect, TimeSpan FirstToken, TimeSpan Idle, TimeSpan Total)
{
    public static UpstreamTimeouts Default { get; } =
        new(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(60));
}
