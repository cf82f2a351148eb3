using System.Text.Json;
using Weir.Admin.Contracts;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Core.Telemetry;

namespace Weir.Admin;

/// <summary>From the house's records to what the API shows.</summary>
internal static class Views
{
    public static TokenCounts Tokens(in Core.Canon.Usage u) =>
        new(u.InputTotal, u.OutputTotal, u.InputUncached, u.CacheRead, u.CacheWrite5m, u.CacheWrite1h, u.InputAudio, u.InputImage,
            u.OutputVisible, u.Reasoning, u.OutputAudio, u.OutputImage, u.SearchUnits,
            u.Images, u.AudioSeconds, u.Characters);

    public static UsageLine Usage(UsageRow row, IReadOnlyList<string> labels) =>
        new(row.Group, labels, row.Calls, row.Attempts, Tokens(row.Usage), row.Cost.Picos, Dollars.Number(row.Cost), row.Estimated, row.Unpriced);

    /// <summary>Sum of all lines. A call that reached two groups (fail-over) counts in both, so calls may exceed the distinct number.</summary>
    public static UsageLine Total(IReadOnlyList<UsageLine> lines)
    {
        var cost = lines.Aggregate(Money.Zero, (sum, l) => sum + new Money(l.CostPicos));
        long Sum(Func<TokenCounts, long> of) => lines.Sum(l => of(l.Tokens));
        var tokens = new TokenCounts(Sum(t => t.Input), Sum(t => t.Output), Sum(t => t.InputUncached), Sum(t => t.CacheRead),
            Sum(t => t.CacheWrite5m), Sum(t => t.CacheWrite1h), Sum(t => t.InputAudio), Sum(t => t.InputImage), Sum(t => t.OutputVisible),
            Sum(t => t.Reasoning), Sum(t => t.OutputAudio), Sum(t => t.OutputImage), Sum(t => t.SearchUnits),
            Sum(t => t.Images), Sum(t => t.AudioSeconds), Sum(t => t.Characters));
        return new UsageLine([], [], lines.Sum(l => l.Calls), lines.Sum(l => l.Attempts), tokens, cost.Picos, Dollars.Number(cost),
            lines.Sum(l => l.Estimated), lines.Sum(l => l.Unpriced));
    }

    public static CallView Call(RequestRecord r) =>
        new(r.Id, r.StartedAt, r.Operation, r.Dialect, r.Tenant, r.Team, r.KeyId, r.Model, r.Target, r.Stream, r.Attempts, r.Status, r.Outcome,
            Tokens(r.Usage), r.Cost.Picos, Dollars.Number(r.Cost), PriceStateNames.Of(r.PriceState), r.TimeToFirstToken?.TotalMilliseconds,
            r.Duration.TotalMilliseconds);

    public static CallDetail Detail(RequestRecord request, IReadOnlyList<LedgerEntry> attempts) =>
        new(Call(request), [.. attempts.OrderBy(a => a.Attempt).Select(Attempt)], Decision(request.Decision));

    private static AttemptView Attempt(LedgerEntry e) => e.Settlement is not { } s
        ? new(e.Attempt, e.StartedAt, e.Provider, e.UpstreamModel, null, null, null, null, null, null, null, null, null, null, null, null)
        : new(e.Attempt, e.StartedAt, e.Provider, e.UpstreamModel, AttemptOutcomeNames.Of(s.Outcome), s.Status, Tokens(s.Usage),
            JsonNamingPolicy.SnakeCaseLower.ConvertName(s.UsageSource.ToString()), s.Cost.Picos, Dollars.Number(s.Cost),
            PriceStateNames.Of(s.PriceState), s.PriceRow, s.ServedModel, s.TimeToFirstToken?.TotalMilliseconds, s.Duration.TotalMilliseconds, s.ErrorCode);

    // A damaged record must not hide the call it belongs to.
    private static JsonElement? Decision(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.IsEmpty)
            return null;
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
