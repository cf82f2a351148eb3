using Weir.Core.Semantics.Difficulty;

namespace Weir.Core.Tests.Semantics.Difficulty;

public sealed class ScoreQuantilesTests
{
    [Theory]
    [InlineData(0.1f, 0.8f)]
    [InlineData(0.5f, 0f)]
    [InlineData(0.9f, -0.8f)]
    public void Of_even_scores_the_share_is_the_place(float share, float threshold)
    {
        var quantiles = new ScoreQuantiles();
        var random = new Random(2);
        for (var i = 0; i < 20_000; i++)
            quantiles.Add(random.NextSingle() * 2 - 1);
        Assert.Equal(threshold, quantiles.ThresholdFor(share), 0.1f);
    }

    [Fact]
    public void New_traffic_takes_the_place_of_old()
    {
        var quantiles = new ScoreQuantiles();
        for (var i = 0; i < 20_000; i++)
            quantiles.Add(-0.5f);
        for (var i = 0; i < 2_000; i++)
            quantiles.Add(0.5f);
        Assert.Equal(0.5f, quantiles.ThresholdFor(0.5f), 0.01f);
    }

    [Fact]
    public void Scores_out_of_range_count_at_its_ends()
    {
        var quantiles = new ScoreQuantiles();
        for (var i = 0; i < 100; i++)
            quantiles.Add(i % 2 == 0 ? 7 : -7);
        Assert.InRange(quantiles.ThresholdFor(0.25f), 0.99f, 1);
        Assert.InRange(quantiles.ThresholdFor(0.75f), -1, -0.99f);
    }
}
