using System.Collections.Concurrent;
using Weir.Core.Providers;

namespace Weir.Core.Upstream;

/// <summary>Clocks to borrow: a clock with its timer and token source costs more to make than to use.</summary>
internal sealed class AttemptClocks(TimeProvider time)
{
    private const int MaxIdle = 256;
    private readonly ConcurrentQueue<AttemptClock> _idle = new();

    /// <summary>A clock that runs for one attempt; give it back with <see cref="Return"/>.</summary>
    public AttemptClock Rent(UpstreamTimeouts limits, CancellationToken gone)
    {
        if (!_idle.TryDequeue(out var clock))
            clock = new AttemptClock(time);
        clock.Start(limits, gone);
        return clock;
    }

    /// <param name="clock">The clock.</param>
    /// <param name="isQuiet">Nothing holds on to its token any more: the attempt ran to its ordinary end.</param>
    public void Return(AttemptClock clock, bool isQuiet)
    {
        if (isQuiet && clock.TryReset() && _idle.Count < MaxIdle)
            _idle.Enqueue(clock);
        else
            clock.Dispose();
    }
}
