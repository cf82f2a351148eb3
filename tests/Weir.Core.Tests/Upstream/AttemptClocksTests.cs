using Weir.Core.Providers;
using Weir.Core.Upstream;
using Xunit;

namespace Weir.Core.Tests.Upstream;

public sealed class AttemptClocksTests
{
    private static readonly UpstreamTimeouts Long = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5));
    private static readonly UpstreamTimeouts Short = Long with { FirstToken = TimeSpan.FromMilliseconds(30) };
    private readonly AttemptClocks _clocks = new(TimeProvider.System);

    [Fact]
    public void A_clock_that_ran_to_an_ordinary_end_serves_again()
    {
        var first = _clocks.Rent(Long, CancellationToken.None);
        first.Arm(AttemptClock.FirstToken);
        _clocks.Return(first, isQuiet: true);

        Assert.Same(first, _clocks.Rent(Long, CancellationToken.None));
    }

    [Fact]
    public async Task A_deadline_earlier_than_that_of_the_attempt_before_is_kept()
    {
        var clock = _clocks.Rent(Long, CancellationToken.None);
        clock.Arm(AttemptClock.FirstToken);
        _clocks.Return(clock, isQuiet: true);
        clock = _clocks.Rent(Short, CancellationToken.None);
        clock.Arm(AttemptClock.FirstToken);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromSeconds(30), clock.Token));

        Assert.Equal(AttemptClock.FirstToken, clock.Expired?.Name);
    }

    [Fact]
    public void A_clock_whose_client_went_or_whose_token_may_be_held_does_not_serve_again()
    {
        using var gone = new CancellationTokenSource();
        var cancelled = _clocks.Rent(Long, gone.Token);
        gone.Cancel();
        _clocks.Return(cancelled, isQuiet: true);
        var held = _clocks.Rent(Long, CancellationToken.None);
        Assert.NotSame(cancelled, held);
        _clocks.Return(held, isQuiet: false);

        Assert.NotSame(held, _clocks.Rent(Long, CancellationToken.None));
    }
}
