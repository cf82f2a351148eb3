namespace Weir.Core.Upstream;

/// <summary>A round of work again and again, until disposed of. The next begins no earlier than the last has ended.</summary>
internal sealed class Rounds : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="every">From one round to the next.</param>
    /// <param name="atOnce">The first begins now, not after <paramref name="every"/>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="round">The work; told when to stop.</param>
    public Rounds(TimeSpan every, bool atOnce, TimeProvider time, Func<CancellationToken, Task> round) =>
        _running = RunAsync(every, atOnce, time, round);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(TimeSpan every, bool atOnce, TimeProvider time, Func<CancellationToken, Task> round)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            if (atOnce)
                await round(_stop.Token);
            while (await timer.WaitForNextTickAsync(_stop.Token))
                await round(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}
