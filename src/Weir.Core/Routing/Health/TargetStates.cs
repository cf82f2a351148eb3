using System.Collections.Concurrent;
using Weir.Core.Providers;

namespace Weir.Core.Routing.Health;

/// <summary>Target states of this process, told to and hearing from other replicas where health is shared.</summary>
public sealed class TargetStates : ITargetStates, IDisposable
{
    /// <summary>Names behind patterns are made by callers: beyond so many, those that nothing is remembered of are let go.</summary>
    private const int Most = 4096;

    private readonly ConcurrentDictionary<string, (string Name, TargetState State)> _states = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Provider, Uri Address, string Model), string> _keys = new();
    private readonly BreakerPolicy _policy;
    private readonly IRandomSource _random;
    private readonly ISharedHealth? _shared;
    private readonly IDisposable? _subscription;
    private readonly HeardNotices _heard = new();
    private readonly TimeProvider _time;

    public TargetStates(BreakerPolicy? policy = null, IRandomSource? random = null, TimeProvider? time = null, ISharedHealth? shared = null)
    {
        (_policy, _random, _time, _shared) = (policy ?? BreakerPolicy.Default, random ?? new SeededRandomSource(0), time ?? TimeProvider.System, shared);
        _subscription = shared?.Observe(Hear);
    }

    /// <summary>What a target is called between replicas.</summary>
    public static string KeyOf(Target target) => $"target {target.Provider.Name} {target.Provider.BaseUrl} {target.Model}";

    public TargetState Of(Target target)
    {
        var key = _keys.GetOrAdd((target.Provider.Name, target.Provider.BaseUrl, target.Model), static (_, t) => KeyOf(t), target);
        if (_states.TryGetValue(key, out var known))
            return known.State;
        if (_states.Count >= Most)
            LetGo();
        var state = _states.GetOrAdd(key, static (k, all) => (all.target.Name, new TargetState(all.self._policy, all.self._random)
        {
            Key = k,
            Changed = all.self._shared is { } shared ? shared.Publish : null,
        }), (target, self: this)).State;
        if (_shared is not null)
            TellWhatWasHeard(state);
        return state;
    }

    public IReadOnlyList<TargetHealth> All(DateTimeOffset now) =>
        [.. _states.Values.Select(s => new TargetHealth(s.Name, s.State.Breaker.StateAt(now), s.State.AvailabilityAt(now), s.State.Breaker.TimesOpened, s.State.Statistics.InFlight))
            .OrderBy(h => h.Target, StringComparer.Ordinal)];

    /// <summary>The states of a provider's targets at its present address.</summary>
    public IReadOnlyList<TargetState> At(Provider provider)
    {
        var prefix = $"target {provider.Name} {provider.BaseUrl} ";
        return [.. _states.Where(s => s.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(s => s.Value.State)];
    }

    public void Dispose() => _subscription?.Dispose();

    private void Hear(HealthNotice notice)
    {
        if (!notice.Subject.StartsWith("target ", StringComparison.Ordinal))
            return;
        // Kept first and looked up afterwards: a state that is made in between is told by one side or the other.
        _heard.Keep(notice, _time.GetUtcNow());
        if (!_states.TryGetValue(notice.Subject, out var known))
            return;
        TellWhatWasHeard(known.State);
        if (notice.Change == HealthChange.Closed)
            known.State.Hear(notice, _time.GetUtcNow());
    }

    private void TellWhatWasHeard(TargetState state)
    {
        var now = _time.GetUtcNow();
        foreach (var notice in _heard.Take(state.Key, now))
            state.Hear(notice, now);
    }

    private void LetGo()
    {
        var now = _time.GetUtcNow();
        foreach (var (key, (_, state)) in _states)
        {
            if (state.Statistics.InFlight == 0 && state.AvailabilityAt(now).IsAvailable)
                _states.TryRemove(key, out _);
        }
        _keys.Clear();
    }
}
