using System.Net;

namespace Weir.Load.Run;

/// <summary>Everything one run needs to know; every run is bounded by a duration and, if given, a count.</summary>
internal sealed record RunPlan
{
    internal required IPEndPoint Target { get; init; }

    /// <summary>What is sent, in turn; one request as a rule.</summary>
    internal required IReadOnlyList<byte[]> Requests { get; init; }

    internal required int Connections { get; init; }

    /// <summary>Requests per second that leave at their due time; null is a closed loop.</summary>
    internal double? Rate { get; init; }

    /// <summary>Connections started per second at the beginning; null starts all at once.</summary>
    internal double? Ramp { get; init; }

    internal required double WarmUpSeconds { get; init; }

    internal required double DurationSeconds { get; init; }

    internal required long Count { get; init; }

    internal required double TimeoutSeconds { get; init; }

    /// <summary>Never sleep between events: exact due times at the price of a whole core.</summary>
    internal bool Spin { get; init; }

    /// <summary>Text the first event or the answer must hold; refuses an untranslated pass-through.</summary>
    internal byte[]? Expect { get; init; }

    internal bool Stream { get; init; }

    internal required int ChunksPerStream { get; init; }

    internal int? TargetPid { get; init; }

    internal int? MockPid { get; init; }

    internal double MemorySampleSeconds { get; init; }

    internal Uri? MetricsPage { get; init; }

    internal required string AllocationMetric { get; init; }
}
