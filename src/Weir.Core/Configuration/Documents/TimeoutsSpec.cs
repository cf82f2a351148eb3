using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>The clocks of an upstream call; null = the default of <see cref="Providers.UpstreamTimeouts.Default"/>.</summary>
public sealed record TimeoutsSpec
{
    public TimeSpan? Connect { get; init; }
    public TimeSpan? FirstToken { get; init; }
    public TimeSpan? Idle { get; init; }
    public TimeSpan? Total { get; init; }

    public static RecordShape<TimeoutsSpec> Shape { get; } = new RecordShape<TimeoutsSpec>("timeouts", "How long each part of an upstream call may take.", new TimeoutsSpec())
        .Optional("connect", Between("10ms", "5m"), "TCP and TLS set-up.", (s, v) => s with { Connect = v }, "10s")
        .Optional("firstToken", Between("10ms", "2h"), "From the request sent to the first content of a stream, or to the head of any other answer.", (s, v) => s with { FirstToken = v }, "10m")
        .Optional("idle", Between("10ms", "2h"), "Longest silence between two reads once the answer began.", (s, v) => s with { Idle = v }, "5m")
        .Optional("total", Between("10ms", "24h"), "The whole attempt.", (s, v) => s with { Total = v }, "1h");

    private static Shape<TimeSpan> Between(string shortest, string longest) =>
        ShapeOf.Duration(DurationShape.Parse(shortest)!.Value, DurationShape.Parse(longest)!.Value);
}
