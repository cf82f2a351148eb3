using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Core.Telemetry;

namespace Weir.Core.Spine.Steps;

/// <summary>Step 10: the request record with its decision record, metrics, spans and one log line.</summary>
public sealed class Report(ILedger ledger, WeirMetrics metrics, AccessLog? log, TimeProvider time)
{
    /// <summary>Kept for the next call; whoever finds it taken makes another.</summary>
    private DecisionRecord? _spareRecord;

    public ValueTask RunAsync(Exchange exchange)
    {
        var (usage, cost, state) = Sum(exchange);
        var current = exchange.Current;
        var record = new RequestRecord
        {
            Id = exchange.Id,
            StartedAt = exchange.StartedAt,
            Operation = OperationNames.Of(exchange.Operation),
            Dialect = exchange.Dialect.Name,
            Tenant = exchange.Caller?.Tenant ?? "",
            Team = exchange.Caller?.Team,
            KeyId = exchange.Caller?.Key.Id,
            Model = exchange.Facts?.Model,
            Target = current?.Planned.Target.Name,
            ContinuedBy = exchange.Attempts.FindLast(static a => a is { Prefill: not null, IsCommitted: true })?.Planned.Target.Name,
            Stream = exchange.Facts?.Stream ?? false,
            Attempts = exchange.Attempts.Count,
            Status = exchange.ClientStatus,
            Outcome = exchange.Error?.Code ?? "ok",
            Reason = exchange.Error?.Reason,
            Usage = usage,
            Cost = cost,
            PriceState = state,
            TimeToFirstToken = current?.TimeToFirstToken is { } first ? time.GetElapsedTime(exchange.StartTimestamp, current.StartTimestamp) + first : null,
            Duration = time.GetElapsedTime(exchange.StartTimestamp),
            Decision = Decide(exchange),
        };
        exchange.Content?.AwaitFeedback(exchange.Id, IsStrong(exchange));
        exchange.Span.End(record);
        // Nobody made a copy's call: it has a record, and what it cost is in the ledger.
        if (exchange.ShadowOf is null)
        {
            metrics.Record(Measure(exchange, record));
            log?.Write(record);
        }
        return ledger.RecordAsync(record);
    }

    /// <summary>Whether the strong model of the declared pair answered; null = neither of the two did.</summary>
    private static bool? IsStrong(Exchange exchange)
    {
        if (exchange.Snapshot.Content.Difficulty is not { } pair || exchange.Error is not null || exchange.Current?.Planned.Target.Name is not { } target)
            return null;
        return IsOf(pair.Strong) ? true : IsOf(pair.Weak) ? false : null;

        bool IsOf(string model) => exchange.Snapshot.Models.Resolve(model)?.Targets.Any(t => t.Name == target) == true;
    }

    private ReadOnlyMemory<byte> Decide(Exchange exchange)
    {
        var writer = Interlocked.Exchange(ref _spareRecord, null) ?? new DecisionRecord(time);
        var decision = writer.Write(exchange);
        Volatile.Write(ref _spareRecord, writer);
        return decision;
    }

    private static CallMeasurement Measure(Exchange exchange, RequestRecord record) => new()
    {
        Operation = exchange.Operation,
        Dialect = record.Dialect,
        Model = exchange.Plan?.Model.Name ?? "",
        Target = record.Target ?? "",
        Provider = exchange.Current?.Planned.Target.Provider.TelemetryName ?? "",
        Outcome = record.Outcome,
        Tenant = record.Tenant,
        Duration = record.Duration,
        TimeToFirstToken = record.TimeToFirstToken,
    };

    private static (Usage Usage, Money Cost, PriceState State) Sum(Exchange exchange)
    {
        if (exchange.SessionTotals is { } session)
            return (session.Usage, session.Cost, session.State);
        if (exchange.Attempts.Count == 1 && exchange.Attempts[0].Settlement is { } only)
            return (only.Usage, only.Cost, only.PriceState);

        var (usage, cost, state) = (default(Usage), Money.Zero, PriceState.Priced);
        foreach (var attempt in exchange.Attempts)
        {
            if (attempt.Settlement is not { } settled)
                continue;
            usage = usage.Plus(settled.Usage);
            cost += settled.Cost;
            state = (PriceState)Math.Max((int)state, (int)settled.PriceState);
        }
        return (usage, cost, state);
    }
}
