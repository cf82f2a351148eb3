using Weir.Core.Routing.Pools;
using Xunit;

namespace Weir.Core.Tests.Routing.Pools;

public sealed class PrefixIndexTests
{
    [Fact]
    public void Matches_as_far_as_a_prompt_was_seen()
    {
        var index = new PrefixIndex(100);
        index.Add([1, 2, 3, 4, 5]);

        Assert.Equal(5, index.Match([1, 2, 3, 4, 5, 6, 7]));
        Assert.Equal(3, index.Match([1, 2, 3, 40, 50]));
        Assert.Equal(0, index.Match([9]));
        Assert.Equal(0, index.Match([]));
    }

    [Fact]
    public void What_was_used_longest_ago_is_forgotten_from_its_end()
    {
        var index = new PrefixIndex(6);
        index.Add([1, 2, 3]);
        index.Add([11, 12, 13]);
        index.Add([1, 2, 4, 5]);

        // 3 and 13 are the ends of what was not used again; the beginnings that others go on from stay.
        Assert.Equal(6, index.Count);
        Assert.Equal(4, index.Match([1, 2, 4, 5]));
        Assert.Equal(2, index.Match([11, 12, 13]));
        Assert.Equal(2, index.Match([1, 2, 3]));
    }

    [Fact]
    public void A_prompt_longer_than_the_index_leaves_its_beginning()
    {
        var index = new PrefixIndex(3);
        index.Add([1, 2, 3, 4, 5]);

        Assert.Equal(3, index.Match([1, 2, 3, 4, 5]));
    }

    [Fact]
    public void A_smaller_capacity_forgets_at_once_and_clearing_forgets_all()
    {
        var index = new PrefixIndex(10);
        index.Add([1, 2, 3, 4, 5]);

        index.Capacity = 2;
        Assert.Equal((2, 2), (index.Count, index.Match([1, 2, 3])));
        index.Clear();
        Assert.Equal(0, index.Match([1]));
    }
}
