using Weir.Core.Budgets;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Dialects;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Telemetry;
using Weir.Core.Tokens;

namespace Weir.Core.Spine.Steps;

/// <summary>
/// Step 9: real usage → cost → ledger, on every path and exactly once per attempt; then the hold goes back.
/// The intent is written before an attempt leaves (<see cref="Open"/>), so a crash leaves a trace and never a gap.
/// </summary>
public sealed class Settle(ILedger ledger, IAdmission admission, BatchCharges batches, ITokenCounter tokens, WeirMetrics metrics, TimeProvider time)
{
    /// <summary>Opens the ledger entry of an attempt that is about to leave.</summary>
    public Attempt Open(Exchange exchange, PlannedTarget planned, int number)
    {
        var caller = exchange.Caller!;
        var entry = new LedgerEntry
        {
            Id = $"{exchange.Id}.{number}",
            RequestId = exchange.Id,
            Attempt = number,
            StartedAt = time.GetUtcNow(),
            Tenant = caller.Tenant,
            Team = caller.Team,
            KeyId = caller.Key.Id,
            Model = exchange.Facts!.Model,
            Provider = planned.Target.Provider.Name,
            UpstreamModel = planned.Target.Model,
            Operation = OperationNames.Of(exchange.Operation),
        };
        ledger.Open(entry);
        return new Attempt(number, planned, entry, time.GetTimestamp());
    }

    /// <summary>Works out usage and cost of an attempt; the first result stands.</summary>
    public LedgerSettlement Price(Exchange exchange, Attempt attempt)
    {
        if (attempt.Settlement is { } done)
            return done;

        var (usage, source) = UsageOf(exchange, attempt);
        var row = attempt.Planned.Target.Prices.At(attempt.Intent.StartedAt);
        var cost = CostCalculator.Price(row, usage);
        var state = source is UsageSource.Estimated && cost.State == PriceState.Priced ? PriceState.Estimated : cost.State;
        // An image or a sound whose usage nobody reports: only a price per call would be known.
        if (source == UsageSource.None && attempt.MayHaveCost && cost.Total == Money.Zero)
            (cost, state) = (default, PriceState.Unpriced);
        // Nothing used costs nothing, whatever the price would have been.
        if (usage.IsEmpty && source != UsageSource.Estimated && !attempt.MayHaveCost)
            (cost, state) = (default, PriceState.Priced);

        return attempt.Settlement = new LedgerSettlement
        {
            Outcome = attempt.Outcome,
            Status = attempt.Status,
            Usage = usage,
            UsageSource = source,
            Cost = cost.Total,
            PriceState = state,
            PriceRow = row?.Id,
            ServedModel = attempt.Facts?.ServedModel,
            TimeToFirstToken = attempt.TimeToFirstToken,
            Duration = attempt.Duration,
            ErrorCode = attempt.Error?.Code,
        };
    }

    /// <summary>Writes the end of an attempt to the ledger.</summary>
    public async ValueTask AttemptAsync(Exchange exchange, Attempt attempt)
    {
        var settlement = attempt.Settlement = Price(exchange, attempt) with
        {
            Outcome = attempt.Outcome,
            Duration = attempt.Duration,
            ErrorCode = attempt.Error?.Code,
        };
        metrics.Record(Measure(exchange, attempt, settlement));
        TokenLessons.Take(tokens, exchange, attempt);
        await ledger.SettleAsync(attempt.Intent with { Settlement = settlement });
        if (attempt.Facts?.Batch is { } tally)
            await batches.ChargeAsync(exchange, tally);
    }

    /// <summary>One answer of a session has ended: an entry of its own, numbered on from the session's attempts.</summary>
    public ValueTask AnswerAsync(Exchange exchange, Attempt attempt, SessionAnswer answer)
    {
        var totals = exchange.SessionTotals ?? SessionTotals.None;
        var number = attempt.Number + totals.Answers + 1;
        var usage = answer.Usage ?? default;
        var now = time.GetUtcNow();
        var row = attempt.Planned.Target.Prices.At(now);
        var cost = CostCalculator.Price(row, usage);
        var settlement = new LedgerSettlement
        {
            Outcome = AttemptOutcome.Ok,
            Status = attempt.Status,
            Usage = usage,
            UsageSource = answer.Usage is null ? UsageSource.None : UsageSource.Reported,
            Cost = cost.Total,
            PriceState = answer.Usage is null ? PriceState.Unpriced : cost.State,
            PriceRow = row?.Id,
            Duration = TimeSpan.Zero,
        };
        exchange.SessionTotals = totals.Plus(settlement);
        metrics.Record(Measure(exchange, attempt, settlement));
        return ledger.SettleAsync(attempt.Intent with { Id = $"{exchange.Id}.{number}", Attempt = number, StartedAt = now, Settlement = settlement });
    }

    /// <summary>The call is over: its hold goes back.</summary>
    public ValueTask CloseAsync(Exchange exchange)
    {
        if (exchange.Hold is { } hold)
            admission.Release(hold);
        return ValueTask.CompletedTask;
    }

    private static AttemptMeasurement Measure(Exchange exchange, Attempt attempt, LedgerSettlement settlement) => new()
    {
        Operation = exchange.Operation,
        Model = exchange.Plan!.Model.Name,
        Target = attempt.Planned.Target.Name,
        Provider = attempt.Planned.Target.Provider.TelemetryName,
        UpstreamModel = attempt.Planned.Target.Model,
        ServedModel = settlement.ServedModel,
        Tenant = attempt.Intent.Tenant,
        Outcome = settlement.Outcome,
        Usage = settlement.Usage,
        Cost = settlement.Cost,
        PriceState = settlement.PriceState,
        Duration = settlement.Duration,
        TimeToFirstToken = settlement.TimeToFirstToken,
        Stream = exchange.Facts!.Stream,
        ErrorCode = settlement.ErrorCode,
    };

    private (Usage Usage, UsageSource Source) UsageOf(Exchange exchange, Attempt attempt)
    {
        if (attempt.Facts is { Usage: { } reported } facts)
            return facts.UsageIsFinal ? (reported, facts.UsageIsCounted ? UsageSource.Counted : UsageSource.Reported) : Completed(attempt, reported, facts);

        if (!attempt.MayHaveCost || (attempt.Outcome is AttemptOutcome.Rejected && attempt.Facts is null) || !exchange.Operation.IsText())
            return (default, UsageSource.None);

        // Tokens went somewhere and nobody says how many: the prompt as sent, and the text that came back.
        var (model, seen) = (attempt.Planned.Target.Name, attempt.Facts);
        return (new Usage
        {
            InputUncached = tokens.Estimate(model, TokenLessons.PromptKind(exchange.Facts!), exchange.Facts!.PromptTextBytes + (attempt.Prefill?.Bytes ?? 0)),
            OutputVisible = tokens.Estimate(model, TokenKind.Reply, Math.Max(0, (seen?.OutputTextBytes ?? 0) - (attempt.Prefill?.EchoedBytes ?? 0))),
            Reasoning = tokens.Estimate(model, TokenKind.Reply, seen?.ReasoningTextBytes ?? 0),
        }, UsageSource.Estimated);
    }

    /// <summary>A running count plus what came after it: exact when the upstream counts in every frame, estimated otherwise.</summary>
    private (Usage Usage, UsageSource Source) Completed(Attempt attempt, Usage running, ResponseFacts facts)
    {
        var (output, reasoning) = (facts.OutputTextBytesSinceUsage, facts.ReasoningTextBytesSinceUsage);
        var model = attempt.Planned.Target.Name;
        return output + reasoning == 0
            ? (running, UsageSource.Running)
            : (running with
            {
                OutputVisible = running.OutputVisible + tokens.Estimate(model, TokenKind.Reply, output),
                Reasoning = running.Reasoning + tokens.Estimate(model, TokenKind.Reply, reasoning),
            }, UsageSource.Estimated);
    }
}
