using Weir.Core.Providers;
using Weir.Core.Upstream;
using Xunit;

namespace Weir.Core.Tests.Upstream;

public sealed class AttemptClockTests
{
    private static readonly UpstreamTimeouts Limits = new(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(60), TimeSpan.FromMinutes(5));

    [Theory]
    [InlineData(AttemptClock.FirstToken, 40)]
    [InlineData(AttemptClock.Idle, 60)]
    public async Task The_clock_that_was_armed_last_is_the_one_that_expires(string armed, int limit)
    {
        using var clock = new AttemptClock(Limits, TimeProvider.System, CancellationToken.None);
        clock.Arm(armed);
        Assert.Null(clock.Expired);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromSeconds(30), clock.Token));

        Assert.Equal((armed, TimeSpan.FromMilliseconds(limit)), clock.Expired);
    }

    [Fact]
    public async Task No_clock_runs_beyond_the_total()
    {
        using var clock = new AttemptClock(Limits with { Total = TimeSpan.FromMilliseconds(30) }, TimeProvider.System, CancellationToken.None);
        clock.Arm(AttemptClock.Tail);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Delay(TimeSpan.FromSeconds(30), clock.Token));

        Assert.Equal(AttemptClock.Total, clock.Expired?.Name);
    }

    [Fact]
    public void A_client_that_goes_is_no_expiry()
    {
        using var gone = new CancellationTokenSource();
        using var clock = new AttemptClock(Limits, TimeProvider.System, gone.Token);

        gone.Cancel();

        Assert.True(clock.Token.IsCancellationRequested);
        Assert.Null(clock.Expired);
    }
}
