using Weir.Core.Tokens;
using Weir.Core.Tokens.Calibration;

namespace Weir.Core.Tests.Tokens.Calibration;

public sealed class TokenRatiosTests
{
    private readonly TokenRatios _ratios = new(TimeProvider.System);

    [Fact]
    public void Nothing_is_known_before_a_few_calls()
    {
        Assert.Null(_ratios.Find("p/m", TokenKind.Prompt, 1000));
        Learn(2, 1000, 300);
        Assert.Null(_ratios.Find("p/m", TokenKind.Prompt, 1000));
        Learn(1, 1000, 300);
        Assert.Equal(300, _ratios.Find("p/m", TokenKind.Prompt, 1000));
        Assert.Null(_ratios.Find("p/m", TokenKind.Reply, 1000));
        Assert.Null(_ratios.Find("p/other", TokenKind.Prompt, 1000));
    }

    [Fact]
    public void Stray_calls_move_nothing()
    {
        Learn(9, 1000, 300);
        Learn(6, 1000, 3900);
        Assert.Equal(300, _ratios.Find("p/m", TokenKind.Prompt, 1000));
    }

    [Fact]
    public void A_new_vocabulary_shows_after_a_few_calls()
    {
        Learn(100, 1000, 250);
        Learn(9, 1000, 330);
        Assert.Equal(330, _ratios.Find("p/m", TokenKind.Prompt, 1000));
    }

    [Fact]
    public void An_overhead_is_told_from_a_ratio()
    {
        // 200 tokens around every prompt, a token for 5 bytes within.
        Learn(5, 100, 220);
        Assert.Equal(200 + 300 / 4 - 5, _ratios.Find("p/m", TokenKind.Prompt, 300));
        Learn(5, 100_000, 20_200);
        Assert.Equal(220, _ratios.Find("p/m", TokenKind.Prompt, 100));
        Assert.Equal(2_200, _ratios.Find("p/m", TokenKind.Prompt, 10_000));
        Assert.Equal(16_200, _ratios.Find("p/m", TokenKind.Prompt, 80_000));
        // Beyond what was seen, in proportion where it was large.
        Assert.Equal(202_000, _ratios.Find("p/m", TokenKind.Prompt, 1_000_000));
        Assert.Equal(210, _ratios.Find("p/m", TokenKind.Prompt, 60));
    }

    [Fact]
    public void A_reply_counts_in_proportion()
    {
        for (var bytes = 60; bytes < 90; bytes += 6)
            _ratios.Learn("p/m", TokenKind.Reply, bytes, bytes / 6);
        _ratios.Learn("p/m", TokenKind.Reply, 60, 60);
        Assert.Equal(3, _ratios.Find("p/m", TokenKind.Reply, 18));
        Assert.Equal(1000, _ratios.Find("p/m", TokenKind.Reply, 6000));
    }

    [Fact]
    public void Calls_of_differing_sizes_teach_one_overhead()
    {
        for (var bytes = 260; bytes < 1000; bytes += 50)
            Learn(1, bytes, 500 + bytes / 4);
        foreach (var bytes in new[] { 20, 300, 700, 1000, 2000 })
            Assert.InRange(_ratios.Find("p/m", TokenKind.Prompt, bytes)!.Value, 500 + bytes / 4 - 2, 500 + bytes / 4 + 2);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(15, 10)]
    [InlineData(1000, 0)]
    [InlineData(1000, -5)]
    [InlineData(1000, 9500)]
    [InlineData(long.MaxValue, 10)]
    [InlineData(1000, long.MaxValue)]
    public void A_count_that_cannot_be_is_not_taken(long bytes, long tokens)
    {
        Learn(5, bytes, tokens);
        Assert.Equal(0, _ratios.Count);
    }

    [Fact]
    public void A_reply_of_more_tokens_than_bytes_is_not_taken()
    {
        for (var i = 0; i < 5; i++)
            _ratios.Learn("p/m", TokenKind.Reply, 100, 101);
        Assert.Null(_ratios.Find("p/m", TokenKind.Reply, 100));
    }

    [Fact]
    public void Memory_is_bounded_and_the_oldest_goes_first()
    {
        var clock = new SteppingClock();
        var ratios = new TokenRatios(clock, maxModels: 10);
        for (var model = 0; model < 50; model++)
        {
            for (var i = 0; i < 3; i++)
                ratios.Learn($"p/{model}", TokenKind.Prompt, 1000, 250);
            ratios.Learn("p/0", TokenKind.Prompt, 1000, 250);
        }

        Assert.Equal(10, ratios.Count);
        Assert.NotNull(ratios.Find("p/0", TokenKind.Prompt, 1000));
        Assert.NotNull(ratios.Find("p/49", TokenKind.Prompt, 1000));
        Assert.Null(ratios.Find("p/1", TokenKind.Prompt, 1000));
    }

    [Fact]
    public void Many_learn_and_ask_at_once()
    {
        Parallel.For(0, 20_000, i =>
        {
            _ratios.Learn($"p/{i % 5}", TokenKind.Prompt, 1000 + i % 7, 250);
            if (_ratios.Find($"p/{i % 5}", TokenKind.Prompt, 1000) is { } tokens)
                Assert.InRange(tokens, 240, 260);
        });
        Assert.Equal(5, _ratios.Count);
    }

    private void Learn(int times, long bytes, long tokens)
    {
        for (var i = 0; i < times; i++)
            _ratios.Learn("p/m", TokenKind.Prompt, bytes, tokens);
    }

    private sealed class SteppingClock : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => Interlocked.Increment(ref _now);
    }
}
