using Weir.Core.Configuration;
using Weir.Core.Metering;
using Weir.Core.Routing.Health;

namespace Weir.Core.Routing.Records;

/// <summary>
/// The targets of a replay: those of the configuration and those that calls bring about behind patterns, as far as there is
/// room; and what recorded attempts teach of them as they go by.
/// </summary>
internal sealed class ReplayedTargets : IDisposable
{
    /// <summary>Names behind patterns are made by callers.</summary>
    public const int Most = 1000;

    private readonly Dictionary<string, Target> _targets = new(StringComparer.Ordinal);
    private readonly TargetStates _states = new();

    public ReplayedTargets(Snapshot snapshot)
    {
        foreach (var target in snapshot.Models.All.SelectMany(m => m.Targets).Where(t => !t.Model.Contains('*')))
            _targets.TryAdd(target.Name, target);
    }

    /// <summary>What the router goes by.</summary>
    public ITargetStates States => _states;

    public Target? Find(string name) => _targets.GetValueOrDefault(name);

    /// <summary>Remembers a target that a plan named.</summary>
    public void Meet(Target target)
    {
        if (_targets.Count < Most)
            _targets.TryAdd(target.Name, target);
    }

    /// <summary>What the attempt showed of its target, as it would have been learnt then.</summary>
    public void Learn(DateTimeOffset startedAt, in RecordedAttempt attempt, RouteCall call)
    {
        if (Find(attempt.Target) is not { } target)
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

    public void Dispose() => _states.Dispose();
}
