using Weir.Core.Catalog;

namespace Weir.Core.Telemetry;

/// <summary>
/// All counters of the process. Recording takes no lock and allocates nothing once a series exists; <c>/metrics</c> reads
/// from here and OpenTelemetry instruments are fed only while something listens to them.
/// </summary>
public sealed class WeirMetrics : IDisposable
{
    /// <summary>Label sets kept per table before further ones share <c>other</c>.</summary>
    public const int DefaultSeriesLimit = 2000;

    private const string Other = "other";

    private readonly GenAiInstruments _instruments;
    private long _inFlight;
    private long _streams;

    public WeirMetrics(int seriesLimit = DefaultSeriesLimit)
    {
        _instruments = new GenAiInstruments(() => RequestsInFlight, () => StreamsOpen);
        Latencies = new(seriesLimit, l => new(l.Operation, Other, Other), new(Other, Other, Other), _ => new LatencySeries());
        Usages = new(seriesLimit, _ => new(Other, Other, Other), new(Other, Other, Other), _ => new UsageSeries());
        Calls = new(seriesLimit, l => new(l.Operation, l.Dialect, Other, Other, l.Outcome, Other),
            new(Other, Other, Other, Other, Other, Other), l => new CallSeries(Latencies.Get(new(l.Operation, l.Model, l.Target))));
        Attempts = new(seriesLimit, l => new(Other, Other, l.Outcome, Other), new(Other, Other, Other, Other),
            l => new AttemptSeries(Usages.Get(new(l.Model, l.Target, l.Tenant))));
    }

    /// <summary>Calls accepted and not finished.</summary>
    public long RequestsInFlight => Volatile.Read(ref _inFlight);

    /// <summary>Streams being relayed to clients.</summary>
    public long StreamsOpen => Volatile.Read(ref _streams);

    internal SeriesTable<CallLabels, CallSeries> Calls { get; }
    internal SeriesTable<AttemptLabels, AttemptSeries> Attempts { get; }
    internal SeriesTable<UsageLabels, UsageSeries> Usages { get; }
    internal SeriesTable<LatencyLabels, LatencySeries> Latencies { get; }
    internal long SeriesOverflowed => Calls.Overflowed + Attempts.Overflowed;

    /// <summary>At Accept. Pair with <see cref="CallEnded"/>.</summary>
    public void CallStarted() => Interlocked.Increment(ref _inFlight);

    public void CallEnded() => Interlocked.Decrement(ref _inFlight);

    /// <summary>At the commit of a streamed answer. Pair with <see cref="StreamClosed"/>.</summary>
    public void StreamOpened() => Interlocked.Increment(ref _streams);

    public void StreamClosed() => Interlocked.Decrement(ref _streams);

    /// <summary>Counts a finished call, also one refused before any attempt.</summary>
    public void Record(in CallMeasurement m)
    {
        var series = Calls.Get(new(OperationNames.Of(m.Operation), m.Dialect, m.Model, m.Target, m.Outcome, m.Tenant));
        series.Add();
        series.Latency.Duration.Observe(m.Duration);
        if (m.TimeToFirstToken is { } first)
            series.Latency.FirstToken.Observe(first);
        _instruments.Record(m);
    }

    /// <summary>Counts a settled attempt with its tokens and cost.</summary>
    public void Record(in AttemptMeasurement m)
    {
        var series = Attempts.Get(new(m.Model, m.Target, AttemptOutcomeNames.Of(m.Outcome), m.Tenant));
        series.Add();
        var unpriced = m.PriceState == PriceState.Unpriced && !m.Usage.IsEmpty;
        series.Usage.Add(m.Usage, m.Cost.Picos, unpriced);
        _instruments.Record(m);
    }

    public void Dispose() => _instruments.Dispose();
}
