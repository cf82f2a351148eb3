using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Weir.Core.Telemetry;

/// <summary>The System.Diagnostics.Metrics side: silent (one flag check each) until a listener such as the OTLP exporter subscribes.</summary>
internal sealed class GenAiInstruments : IDisposable
{
    private readonly Meter _meter = new(MetricNames.Source);
    private readonly Histogram<long> _tokens;
    private readonly Histogram<double> _attemptDuration;
    private readonly Histogram<double> _firstChunk;
    private readonly Histogram<double> _callDuration;
    private readonly Histogram<double> _firstToken;
    private readonly Counter<long> _cost;

    public GenAiInstruments(Func<long> inFlight, Func<long> streams)
    {
        // Advice from the convention: powers of four for tokens.
        var tokenBounds = new InstrumentAdvice<long>
        {
            HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
        };
        var call = new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBuckets.Call.Seconds };
        var first = new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBuckets.FirstToken.Seconds };

        _tokens = _meter.CreateHistogram(MetricNames.ClientTokenUsage, "{token}", "Number of input and output tokens used.", null, tokenBounds);
        _attemptDuration = _meter.CreateHistogram(MetricNames.ClientOperationDuration, "s", "Duration of an attempt at a provider.", null, call);
        _firstChunk = _meter.CreateHistogram(MetricNames.ClientTimeToFirstChunk, "s", "Time to first content of a streamed attempt.", null, first);
        _callDuration = _meter.CreateHistogram(MetricNames.ServerRequestDuration, "s", "Duration of a call through Weir.", null, call);
        _firstToken = _meter.CreateHistogram(MetricNames.ServerTimeToFirstToken, "s", "Time to first content sent to the client.", null, first);
        _cost = _meter.CreateCounter<long>(MetricNames.OtelCost, "{picodollar}", "Cost of settled attempts in 10^-12 US dollars.");
        _meter.CreateObservableUpDownCounter(MetricNames.OtelRequestsInFlight, inFlight, "{request}", "Calls accepted and not finished.");
        _meter.CreateObservableUpDownCounter(MetricNames.OtelStreamsOpen, streams, "{stream}", "Streams being relayed.");
    }

    public void Record(in CallMeasurement m)
    {
        if (!_callDuration.Enabled && !_firstToken.Enabled)
            return;
        var tags = new TagList
        {
            { AttributeNames.OperationName, OperationNames.Of(m.Operation) },
            { AttributeNames.ProviderName, m.Provider },
            { AttributeNames.RequestModel, m.Model },
            { AttributeNames.Tenant, m.Tenant },
        };
        if (m.Outcome != "ok")
            tags.Add(AttributeNames.ErrorType, m.Outcome);
        _callDuration.Record(m.Duration.TotalSeconds, tags);
        if (m.TimeToFirstToken is { } first && m.Outcome == "ok")
            _firstToken.Record(first.TotalSeconds, tags);
    }

    public void Record(in AttemptMeasurement m)
    {
        if (!_tokens.Enabled && !_attemptDuration.Enabled && !_firstChunk.Enabled && !_cost.Enabled)
            return;
        var tags = new TagList
        {
            { AttributeNames.OperationName, OperationNames.Of(m.Operation) },
            { AttributeNames.ProviderName, m.Provider },
            { AttributeNames.RequestModel, m.UpstreamModel },
            { AttributeNames.ResponseModel, m.ServedModel ?? m.UpstreamModel },
            { AttributeNames.Tenant, m.Tenant },
        };
        if (m.Cost.Picos != 0)
            _cost.Add(m.Cost.Picos, tags);
        if (m.Stream && m.TimeToFirstToken is { } first)
            _firstChunk.Record(first.TotalSeconds, tags);
        RecordTokens(tags, "input", m.Usage.InputTotal);
        RecordTokens(tags, "output", m.Usage.OutputTotal);
        if (m.Outcome != Metering.AttemptOutcome.Ok)
            tags.Add(AttributeNames.ErrorType, m.ErrorCode ?? AttemptOutcomeNames.Of(m.Outcome));
        _attemptDuration.Record(m.Duration.TotalSeconds, tags);
    }

    public void Dispose() => _meter.Dispose();

    private void RecordTokens(TagList tags, string type, long count)
    {
        if (count == 0)
            return;
        tags.Add(AttributeNames.TokenType, type);
        _tokens.Record(count, tags);
    }
}
