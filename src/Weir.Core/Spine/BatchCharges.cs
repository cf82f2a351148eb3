using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Configuration.Compilation;
using Weir.Core.Dialects;
using Weir.Core.Metering;
using Weir.Core.Objects;

namespace Weir.Core.Spine;

/// <summary>
/// Charges what a batch used when its results are fetched: one ledger entry per fetch and model over the lines that no
/// earlier fetch has charged, at the batch price, to the key that made the batch. A fetch that breaks off charges what
/// it got; a second one charges the rest or nothing.
/// </summary>
public sealed class BatchCharges(IObjectOwners owners, ILedger ledger, TimeProvider time)
{
    /// <summary>How price lists call the tier.</summary>
    private const string Tier = "batch";

    public async ValueTask ChargeAsync(Exchange exchange, BatchTally tally)
    {
        var file = exchange.Object!;
        if (tally.Lines.Count == 0 || await owners.ClaimLinesAsync(file.Provider, file.Id, tally.Lines.Count, CancellationToken.None) is not { } from)
            return;

        var number = 0;
        foreach (var group in tally.Lines.Skip((int)from).GroupBy(l => l.Model, StringComparer.Ordinal))
        {
            var usage = group.Aggregate(default(Usage), (sum, line) => sum.Plus(line.Usage)) with { ServiceTier = Tier };
            if (!usage.IsEmpty)
                await ledger.SettleAsync(Entry(exchange, file, from, ++number, group.Key, usage));
        }
    }

    private LedgerEntry Entry(Exchange exchange, OwnedObject file, long from, int number, string model, Usage usage)
    {
        var now = time.GetUtcNow();
        var row = Prices(exchange, file.Provider, model).At(now);
        var cost = CostCalculator.Price(row, usage);
        var request = $"batch:{file.Id}:{from}";
        return new LedgerEntry
        {
            Id = $"{request}.{number}",
            RequestId = request,
            Attempt = number,
            StartedAt = now,
            Tenant = file.Tenant,
            Team = file.Team,
            KeyId = file.KeyId,
            Model = model,
            Provider = file.Provider,
            UpstreamModel = model,
            Operation = "batches",
            Settlement = new LedgerSettlement
            {
                Outcome = AttemptOutcome.Ok,
                Status = 200,
                Usage = usage,
                UsageSource = UsageSource.Reported,
                Cost = cost.Total,
                PriceState = cost.State,
                PriceRow = row?.Id,
                ServedModel = model,
                Duration = TimeSpan.Zero,
            },
        };
    }

    private static PriceSchedule Prices(Exchange exchange, string provider, string model)
    {
        var book = exchange.Snapshot.Prices;
        var named = new HashSet<string>(book.Overrides.Select(o => o.Provider), StringComparer.OrdinalIgnoreCase);
        return exchange.Snapshot.Providers.TryGetValue(provider, out var known)
            ? TargetFactory.PricesOf(book, named, provider, known.PriceProvider, model)
            : PriceSchedule.Unpriced;
    }
}
