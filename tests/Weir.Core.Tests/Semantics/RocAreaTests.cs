namespace Weir.Core.Tests.Semantics;

public sealed class RocAreaTests
{
    [Fact]
    public void Areas_by_hand()
    {
        Assert.Equal(1, RocArea.Of([1, 2], [3, 4]));
        Assert.Equal(0, RocArea.Of([3, 4], [1, 2]));
        Assert.Equal(0.5, RocArea.Of([1, 1], [1]));
        Assert.Equal(0.75, RocArea.Of([1, 3], [2, 4]));
    }
}
