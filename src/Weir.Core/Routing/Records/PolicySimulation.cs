using System.Text.Json;
using Weir.Core.Configuration;
using Weir.Core.Dialects;
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
    /// <summary>Stands for a target where a call had or would have none.</summary>
    public const string Refused = "(refused)";

    private const int MostShown = 100;

    private readonly FactsReader _reader;
    private readonly Dictionary<string, VirtualKey> _keys;
    private readonly ReplayTime _time = new();
    private readonly ReplayedTargets _targets;
    private readonly ReplayedDecisions _decisions;
    private readonly CostComparison _costs;
    private readonly TargetFlows _flows = new();
    private readonly LatencyComparison _latency = new();
    private readonly Tally _blocked = new();
    private readonly Tally _unblocked = new();
    private readonly Tally _undecided = new();
    private long _calls;
    private long _decided;
    private long _unrouted;

    /// <param name="snapshot">The other configuration.</param>
    /// <param name="dialects">The dialects of this process.</param>
    /// <param name="tokens">Counts of tokens, as they are now.</param>
    /// <param name="seed">Decides the draws of lots.</param>
    public PolicySimulation(Snapshot snapshot, DialectTable dialects, ITokenCounter tokens, ulong seed = 0)
    {
        _reader = new FactsReader(dialects);
        _keys = snapshot.Keys.Values.ToDictionary(k => k.Id, StringComparer.Ordinal);
        _targets = new ReplayedTargets(snapshot);
        _decisions = new ReplayedDecisions(snapshot, _targets, dialects, tokens, _time, seed);
        _costs = new CostComparison(_targets);
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

    public void Dispose() => _targets.Dispose();

    public PolicyReport Report()
    {
        var flows = _flows.All();
        var moved = flows.Where(f => f.From != f.To).ToList();
        return new PolicyReport(_calls, _decided, moved.Sum(f => f.Calls) + _flows.Unlisted, _decisions.ByChance, [.. moved.Take(MostShown)], Math.Max(0, moved.Count - MostShown),
            _costs.Largest(MostShown), _costs.Sum(), _latency.Compare(), _blocked.All(), _unblocked.All(), _undecided.All(), _unrouted);
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
        var to = _decisions.Decide(recorded.Call, out var refusal);
        if (recorded.Missing is { } missing)
            _undecided.Add(missing, record.Id);
        else
            Compare(record, First(decision) ?? Refused, attempts, to, refusal);
        foreach (var attempt in attempts)
        {
            if (attempt.Outcome == AttemptOutcome.Ok)
                _latency.Observe(attempt.Target, SizeClasses.Of(attempt.Usage.InputTotal), recorded.Call.Facts.Stream, attempt.TimeToFirstToken, attempt.Duration);
            _targets.Learn(record.StartedAt, attempt, recorded.Call);
        }
    }

    private void Compare(RequestRecord record, string from, List<RecordedAttempt> attempts, List<TargetShare> to, string? refusal)
    {
        _decided++;
        _flows.Add(from, to);
        if (refusal is not null && from != Refused)
            _blocked.Add(refusal, record.Id);
        else if (refusal is null && from == Refused)
            _unblocked.Add(record.Outcome, record.Id);
        _costs.Count(from, to);
        if (attempts.FindLast(a => a.Outcome == AttemptOutcome.Ok) is not { Target: not null } answered)
            return;
        // What one target would have used for the whole, nobody measured.
        if (answered.Continues)
            return;

        var size = SizeClasses.Of(answered.Usage.InputTotal);
        _latency.Before(answered.Target, size, record.Stream, 1);
        foreach (var share in to.Where(s => s.Target != Refused))
            _latency.After(share.Target, size, record.Stream, share.Share);
        _costs.Compare(record.StartedAt, answered, to);
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
}
