using Weir.Core.Metering;
using Weir.Core.Routing.Health;
using Weir.Core.Spine;
using Xunit;

namespace Weir.Core.Tests.Spine;

public sealed class ContentPatienceTests
{
    private readonly TargetState _target = new();
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData(true, SizeClass.Small, false, 30)]
    [InlineData(true, SizeClass.Large, false, 30)]
    [InlineData(true, SizeClass.Huge, false, 120)]
    [InlineData(true, SizeClass.Small, true, 120)]
    [InlineData(false, SizeClass.Small, false, 240)]
    public void Of_a_target_that_nothing_is_known_of_the_kind_of_call_decides(bool streamed, SizeClass size, bool reasons, int seconds) =>
        Assert.Equal(new ContentPatience(TimeSpan.FromSeconds(seconds), PatienceBasis.Floor), ContentPatience.Of(streamed, size, reasons, _target.Statistics));

    [Fact]
    public void A_target_that_is_normally_slow_is_never_left_in_its_normal_time()
    {
        var random = new Random(5);
        for (var call = 0; call < 500; call++)
        {
            // Between 40 and 80 seconds, with idle nights between: time alone makes it no faster.
            var first = 40 + (40 * random.NextDouble());
            if (call > 0)
                Assert.True(ContentPatience.Of(true, SizeClass.Small, false, _target.Statistics).Limit.TotalSeconds > first);
            _now += TimeSpan.FromHours(call % 50 == 0 ? 12 : 0.01);
            Answered(first);
        }
    }

    [Fact]
    public void One_slow_answer_is_forgotten_after_hundreds_of_fast_ones()
    {
        Answered(200);
        Assert.Equal(600, ContentPatience.Of(true, SizeClass.Small, false, _target.Statistics).Limit.TotalSeconds, 3);
        for (var call = 0; call < 400; call++)
            Answered(1);

        Assert.Equal(ContentPatience.Floor, ContentPatience.Of(true, SizeClass.Small, false, _target.Statistics).Limit);
    }

    [Fact]
    public void What_small_prompts_take_large_ones_are_given_too_and_not_the_other_way()
    {
        Answered(100, inputTokens: 10_000);

        Assert.Equal(PatienceBasis.Floor, ContentPatience.Of(true, SizeClass.Medium, false, _target.Statistics).Basis);
        Assert.Equal(PatienceBasis.Seen, ContentPatience.Of(true, SizeClass.Large, false, _target.Statistics).Basis);
        Assert.Equal(300, ContentPatience.Of(true, SizeClass.Huge, false, _target.Statistics).Limit.TotalSeconds, 3);
    }

    [Fact]
    public void How_long_whole_answers_take_says_nothing_of_streams()
    {
        _target.Leave(Report(90) with { Streamed = false });

        Assert.Equal(270, ContentPatience.Of(false, SizeClass.Small, false, _target.Statistics).Limit.TotalSeconds, 3);
        Assert.Equal(ContentPatience.Floor, ContentPatience.Of(true, SizeClass.Small, false, _target.Statistics).Limit);
    }

    [Fact]
    public void Failures_teach_nothing()
    {
        _target.Leave(Report(300) with { Outcome = AttemptOutcome.TimedOut });

        Assert.Equal(ContentPatience.Floor, ContentPatience.Of(true, SizeClass.Small, false, _target.Statistics).Limit);
    }

    private void Answered(double seconds, long inputTokens = 100) => _target.Leave(Report(seconds) with { InputTokens = inputTokens });

    private AttemptReport Report(double seconds) => new()
    {
        EndedAt = _now,
        Outcome = AttemptOutcome.Ok,
        Status = 200,
        Streamed = true,
        TimeToFirstToken = TimeSpan.FromSeconds(seconds),
        Duration = TimeSpan.FromSeconds(seconds),
    };
}
