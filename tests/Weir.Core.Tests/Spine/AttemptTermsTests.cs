using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Spine;
using Xunit;

namespace Weir.Core.Tests.Spine;

public sealed class AttemptTermsTests
{
    private static readonly UpstreamTimeouts Limits = new(Seconds(60), Seconds(600), Seconds(300), Seconds(3600));

    [Theory]
    [InlineData(0, 0, 60)]
    [InlineData(1, 0, 3)]
    [InlineData(0, 1, 3)]
    public void A_connection_is_waited_for_briefly_while_a_target_or_a_server_of_the_pool_stands_by(int targets, int endpoints, int seconds)
    {
        var terms = AttemptTerms.Of(AttemptPolicy.Default, targets, 5, stream: true, TimeSpan.Zero).WithEndpoints(endpoints);

        Assert.Equal(Seconds(seconds), terms.Within(Limits).Connect);
    }

    [Fact]
    public void Nobody_stands_by_when_no_further_attempt_may_be_made()
    {
        var terms = AttemptTerms.Of(AttemptPolicy.Default, 3, 0, stream: true, TimeSpan.Zero).WithEndpoints(4);

        Assert.Equal(0, terms.Standby);
        Assert.Same(Limits, terms.Within(Limits));
    }

    [Fact]
    public void What_is_left_of_the_deadline_shortens_every_wait_for_a_beginning()
    {
        var limits = AttemptTerms.Of(AttemptPolicy.Default with { Deadline = Seconds(10) }, 0, 5, stream: false, Seconds(8)).Within(Limits);

        Assert.Equal((Seconds(2), Seconds(2), Seconds(300)), (limits.Connect, limits.FirstToken, limits.Idle));
    }

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);
}
