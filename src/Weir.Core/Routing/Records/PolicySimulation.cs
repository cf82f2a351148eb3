using System.Text.Json;
using Weir.Core.Catalog;
using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;
using Weir.Core.Tokens;

namespace Weir.Core.Routing.Records;

/// <summary>
/// Decides recorded calls again under another configuration, by their facts and by the same <see cref="Router"/>, and adds up
/// what would change. Calls must come oldest first: what recorded attempts tell of targets (speed, failures, length of
/// answers) is taught to the replay as they go by. Memory is bounded, whatever the number of calls; the same seed and calls
/// give the same report.
/// </summary>
public sealed class PolicySimulation : IDisposable
{
    /// <summary>Times a decision that draws lots is made, so that shares of one in a hundred show.</summary>
    private const int Rounds = 128;

    /// <summary>Stands for a target where a call had or would have none.</summary>
    public const string Refused = "(refused)";

    private const int MostTargets = 1000;
    private const int MostShown = 100;

    private readonly Snapshot _snapshot;
    private readonly FactsReader _reader;
    private readonly Router _router;
    private readonly TargetStates _states = new();
    private readonly ReplayTime _time = new();
    private readonly SpreadDraws _draws;
    private readonly Dictionary<string, VirtualKey> _keys;
    private readonly Dictionary<string, Target> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Totals> _totals = new(StringComparer.Ordinal);
    private readonly TargetFlows _flows = new();
    private readonly LatencyComparison _latency = new();
    private readonly Tally _blocked = new();
    private readonly Tally _unblocked = new();
    private readonly Tally _undecided = new();
    private long _calls;
    private long _decided;
    private long _byChance;
    private long _unrouted;
    private long _priced;
    private long _unpriced;
    private Int128 _before;
    private Int128 _after;

    /// <param name="snapshot">The other configuration.</param>
    /// <param name="dialects">The dialects of this process.</param>
    /// <param name="tokens">Counts of tokens, as they are now.</param>
    /// <param name="seed">Decides the draws of lots.</param>
    public PolicySimulation(Snapshot snapshot, DialectTable dialects, ITokenCounter tokens, ulong seed = 0)
    {
        _snapshot = snapshot;
        _reader = new FactsReader(dialects);
        _draws = new SpreadDraws(seed, Rounds);
        _router = new Router(new EligibilityFilters(dialects, tokens), _states, _draws, _time, tokens: tokens);
        _keys = snapshot.Keys.Values.ToDictionary(k => k.Id, StringComparer.Ordinal);
        foreach (var target in snapshot.Models.All.SelectMany(m => m.Targets).Where(t => !t.Model.Contains('*')))
            _targets.TryAdd(target.Name, target);
    }

    /// <summary>Calls looked at so far.</summary>
    public long Calls => _calls;

    /// <summary>Takes the next call.</summary>
    public void Take(RequestRecord record)
    {
        _calls++;
        if (record.Decision.IsEmpty)
        {
            _unrouted++;
            return;
        }
        try
        {
            using var document = JsonDocument.Parse(record.Decision);
            Take(record, document.RootElement);
        }
        catch (JsonException)
        {
            _undecided.Add("its record is damaged", record.Id);
        }
    }

    public void Dispose() => _states.Dispose();

    public PolicyReport Report()
    {
        var flows = _flows.All();
        var moved = flows.Where(f => f.From != f.To).ToList();
        var targets = _totals.Select(t => new TargetChange(t.Key, t.Value.CallsBefore, t.Value.CallsAfter, Whole(t.Value.CostBefore), Whole(t.Value.CostAfter)))
            .OrderByDescending(t => Math.Max(t.CallsBefore, t.CallsAfter)).ThenBy(t => t.Target, StringComparer.Ordinal).Take(MostShown);
        return new PolicyReport(_calls, _decided, moved.Sum(f => f.Calls), _byChance, [.. moved.Take(MostShown)], Math.Max(0, moved.Count - MostShown),
            [.. targets], new CostChange(Whole((double)_before), Whole((double)_after), _priced, _unpriced), _latency.Compare(),
            _blocked.All(), _unblocked.All(), _undecided.All(), _unrouted);
    }

    private void Take(RequestRecord record, JsonElement decision)
    {
        if (decision.TryGetProperty("shadowOf", out _))
        {
            // A copy, made by the plan of another call: no call of its own.
            _calls--;
            return;
        }
        var attempts = RecordedAttempt.All(decision);
        // A call without route was refused before there was anything to decide.
        if (!decision.TryGetProperty("route", out _) && attempts.Count == 0)
        {
            _unrouted++;
            return;
        }
        var (recorded, why) = _reader.Read(decision, record.StartedAt, _keys.GetValueOrDefault);
        if (recorded is null)
        {
            _undecided.Add(why!, record.Id);
            return;
        }
        _time.Now = record.StartedAt;
        var to = Decide(recorded.Call, record.Id, out var refusal);
        if (recorded.Missing is { } missing)
            _undecided.Add(missing, record.Id);
        else
            Compare(record, First(decision) ?? Refused, attempts, to, refusal);
        foreach (var attempt in attempts)
            Learn(record.StartedAt, attempt, recorded.Call);
    }

    /// <summary>Where the call would go first, by shares; why it would be refused, if it would.</summary>
    private List<TargetShare> Decide(RouteCall call, string id, out string? refusal)
    {
        _draws.Begin(0);
        var (plan, error) = _router.Decide(_snapshot, call);
        refusal = error is null ? null : Why(plan, error);
        if (_draws.Count == 0)
            return [new TargetShare(Name(plan), 1)];

        _byChance++;
        var shares = new SortedDictionary<string, int>(StringComparer.Ordinal) { [Name(plan)] = 1 };
        for (var round = 1; round < Rounds; round++)
        {
            _draws.Begin(round);
            var name = Name(_router.Decide(_snapshot, call).Plan);
            shares[name] = shares.GetValueOrDefault(name) + 1;
        }
        return [.. shares.Select(s => new TargetShare(s.Key, (double)s.Value / Rounds))];
    }

    private string Name(Plan? plan)
    {
        if (plan is not { Targets: [{ Target: var target }, ..] })
            return Refused;
        if (_targets.Count < MostTargets)
            _targets.TryAdd(target.Name, target);
        return target.Name;
    }

    /// <summary>The filters that removed what there was, or the error that came before.</summary>
    private static string Why(Plan? plan, GatewayError error) => plan is not { Removed.Count: > 0 } ? error.Code
        : $"{string.Join(", ", plan.Removed.Select(r => r.Filter).Distinct().Order(StringComparer.Ordinal))}: {plan.Removed[0].Target}: {plan.Removed[0].Reason}"
            + (plan.Removed.Count > 1 ? $", and {plan.Removed.Count - 1} more" : "");

    private void Compare(RequestRecord record, string from, List<RecordedAttempt> attempts, List<TargetShare> to, string? refusal)
    {
        _decided++;
        _flows.Add(from, to);
        if (refusal is not null && from != Refused)
            _blocked.Add(refusal, record.Id);
        else if (refusal is null && from == Refused)
            _unblocked.Add(record.Outcome, record.Id);
        TotalsOf(from).CallsBefore++;
        foreach (var share in to)
            TotalsOf(share.Target).CallsAfter += share.Share;
        if (attempts.FindLast(a => a.Outcome == AttemptOutcome.Ok) is not { Target: not null } answered)
            return;
        // What one target would have used for the whole, nobody measured.
        if (answered.Continues)
            return;

        var size = SizeClasses.Of(answered.Usage.InputTotal);
        _latency.Before(answered.Target, size, record.Stream, 1);
        foreach (var share in to.Where(s => s.Target != Refused))
            _latency.After(share.Target, size, record.Stream, share.Share);
        CompareCost(record, answered, to);
    }

    private void CompareCost(RequestRecord record, in RecordedAttempt answered, List<TargetShare> to)
    {
        double after = 0;
        if (answered.Cost is not { } charged)
        {
            _unpriced++;
            return;
        }
        foreach (var (target, share) in to)
        {
            // A call that is refused costs nothing.
            if (target == Refused)
                continue;
            if (CostAt(target, answered, record.StartedAt) is not { } cost)
            {
                _unpriced++;
                return;
            }
            after += cost.Picos * share;
        }
        _priced++;
        _before += charged.Picos;
        _after += (Int128)after;
        TotalsOf(answered.Target).CostBefore += charged.Picos;
        foreach (var (target, share) in to)
        {
            if (target != Refused)
                TotalsOf(target).CostAfter += CostAt(target, answered, record.StartedAt)!.Value.Picos * share;
        }
    }

    /// <summary>What was charged, where target and price stay the same; else the recorded usage at the price of the target.</summary>
    private Money? CostAt(string name, in RecordedAttempt answered, DateTimeOffset at)
    {
        if (!_targets.TryGetValue(name, out var target) || target.Prices.At(at) is not { } row)
            return null;
        if (name == answered.Target && row.Id == answered.PriceRow)
            return answered.Cost;
        var cost = CostCalculator.Price(row, answered.Usage);
        return cost.State == PriceState.Unpriced ? null : cost.Total;
    }

    /// <summary>What the attempt showed of its target, as it would have been learnt then.</summary>
    private void Learn(DateTimeOffset startedAt, in RecordedAttempt attempt, RouteCall call)
    {
        if (attempt.Outcome == AttemptOutcome.Ok)
            _latency.Observe(attempt.Target, SizeClasses.Of(attempt.Usage.InputTotal), call.Facts.Stream, attempt.TimeToFirstToken, attempt.Duration);
        if (!_targets.TryGetValue(attempt.Target, out var target))
            return;
        var state = _states.Of(target);
        state.Statistics.Entered();
        state.Leave(new AttemptReport
        {
            EndedAt = startedAt + attempt.Start + attempt.Duration,
            Outcome = attempt.Outcome,
            Status = attempt.Status,
            // A credential's trouble is not in the record's outcome: refusals say nothing here.
            IsNotItsFault = attempt.Outcome is AttemptOutcome.Rejected or AttemptOutcome.ClientGone or AttemptOutcome.Abandoned,
            TimeToFirstToken = attempt.TimeToFirstToken,
            Streamed = call.Facts.Stream,
            Duration = attempt.Duration,
            InputTokens = attempt.Usage.InputTotal,
            CacheReadTokens = attempt.Usage.CacheRead,
            OutputTokens = attempt.Usage.OutputTotal,
            MaxOutputTokens = call.Facts.MaxOutputTokens,
        });
    }

    /// <summary>The first candidate of the recorded order that was not removed.</summary>
    private static string? First(JsonElement decision)
    {
        if (!decision.TryGetProperty("candidates", out var candidates) || candidates.ValueKind != JsonValueKind.Array)
            return null;
        foreach (var candidate in candidates.EnumerateArray())
        {
            if (candidate.TryGetProperty("state", out var state) && !state.ValueEquals("removed"u8) && candidate.TryGetProperty("target", out var target))
                return target.GetString();
        }
        return null;
    }

    private Totals TotalsOf(string target)
    {
        if (_totals.TryGetValue(target, out var totals))
            return totals;
        return _totals.Count >= MostTargets ? new Totals() : _totals[target] = new Totals();
    }

    private static Money Whole(double picos) => new((long)Math.Clamp(picos, long.MinValue / 2, long.MaxValue / 2));

    private sealed class Totals
    {
        public double CallsBefore { get; set; }
        public double CallsAfter { get; set; }
        public double CostBefore { get; set; }
        public double CostAfter { get; set; }
    }
}
