using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Spine;
using Xunit;

namespace Weir.Core.Tests.Spine;

public sealed class AttemptTermsTests
{
    private static readonly UpstreamTimeouts Limits = new(Seconds(60), Seconds(600), Seconds(300), Seconds(3600));

    private static readonly ContentPatience Patience = new(Seconds(45), PatienceBasis.Seen);

    [Theory]
    [InlineData(0, 0, 60)]
    [InlineData(1, 0, 3)]
    [InlineData(0, 1, 3)]
    public void A_connection_is_waited_for_briefly_while_a_target_or_a_server_of_the_pool_stands_by(int targets, int endpoints, int seconds)
    {
        var terms = AttemptTerms.Of(AttemptPolicy.Default, targets, 5, null, streamed: true, TimeSpan.Zero).WithEndpoints(endpoints);

        Assert.Equal(Seconds(seconds), terms.Within(Limits).Connect);
    }

    [Fact]
    public void Nobody_stands_by_when_no_further_attempt_may_be_made()
    {
        var terms = AttemptTerms.Of(AttemptPolicy.Default, 3, 0, Patience, streamed: true, TimeSpan.Zero).WithEndpoints(4);

        Assert.Equal(0, terms.Standby);
        Assert.Same(Limits, terms.Within(Limits));
    }

    [Fact]
    public void What_is_left_of_the_deadline_shortens_every_wait_for_a_beginning()
    {
        var limits = AttemptTerms.Of(AttemptPolicy.Default with { Deadline = Seconds(10) }, 0, 5, null, streamed: false, Seconds(8)).Within(Limits);

        Assert.Equal((Seconds(2), Seconds(2), Seconds(300)), (limits.Connect, limits.FirstToken, limits.Idle));
    }

    [Theory]
    [InlineData(true, 45, 3600)]
    [InlineData(false, 45, 45)]
    public void Patience_ends_a_stream_that_shows_no_content_and_a_whole_answer_that_does_not_end(bool streamed, int first, int total)
    {
        var limits = AttemptTerms.Of(AttemptPolicy.Default, 1, 5, Patience, streamed, TimeSpan.Zero).Within(Limits);

        Assert.Equal((Seconds(first), Seconds(300), Seconds(total)), (limits.FirstToken, limits.Idle, limits.Total));
    }

    [Fact]
    public void Patience_never_exceeds_the_providers_own_limits()
    {
        var terms = AttemptTerms.Of(AttemptPolicy.Default, 1, 5, Patience with { Limit = Seconds(6000) }, streamed: true, TimeSpan.Zero);

        Assert.Equal(Limits.FirstToken, terms.Within(Limits).FirstToken);
        Assert.Null(terms.PatienceWithin(Limits));
    }

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);
}
