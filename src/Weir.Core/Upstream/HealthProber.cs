using System.Collections.Concurrent;
using Weir.Core.Configuration;
using Weir.Core.Providers;
using Weir.Core.Routing.Health;

namespace Weir.Core.Upstream;

/// <summary>
/// Asks providers that are configured so whether they are there, with a request that costs nothing. A failed probe counts
/// against every target of the provider like a failed call; a good one only brings forward the trial of a breaker that is
/// open: that a list of models can be had does not prove that a model answers.
/// </summary>
public sealed class HealthProber : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _next = new(StringComparer.Ordinal);
    private readonly ISnapshotSource _snapshots;
    private readonly ProviderDoor _door;
    private readonly TargetStates _states;
    private readonly TimeProvider _time;
    private readonly Rounds _rounds;

    public HealthProber(ISnapshotSource snapshots, ProviderDoor door, TargetStates states, TimeProvider time)
    {
        (_snapshots, _door, _states, _time) = (snapshots, door, states, time);
        _rounds = new Rounds(Tick, atOnce: false, time, RoundAsync);
    }

    public ValueTask DisposeAsync() => _rounds.DisposeAsync();

    private Task RoundAsync(CancellationToken stop) =>
        Task.WhenAll(_snapshots.Current.Providers.Values.Where(IsDue).Select(p => ProbeAsync(p, stop)));

    private bool IsDue(Provider provider)
    {
        if (provider.Probe is not { } probe)
            return false;
        var now = _time.GetUtcNow();
        if (now < _next.GetValueOrDefault(provider.Name))
            return false;
        _next[provider.Name] = now + probe.Every;
        return true;
    }

    private async Task ProbeAsync(Provider provider, CancellationToken stop)
    {
        var good = await IsThereAsync(provider, stop);
        if (stop.IsCancellationRequested)
            return;
        var now = _time.GetUtcNow();
        foreach (var state in _states.At(provider))
        {
            if (good)
                state.ProbeSucceeded(now);
            else
                state.ProbeFailed(now);
        }
    }

    private async ValueTask<bool> IsThereAsync(Provider provider, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        try
        {
            var (answer, _) = await _door.AskAsync(provider, null, HttpMethod.Get, new Uri($"{provider.BaseUrl.AbsoluteUri.TrimEnd('/')}/{provider.Probe!.Path}"), either.Token);
            using (answer)
                return answer is not null && (int)answer.StatusCode < 500;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
