using Weir.Core.Identity;
using Xunit;

namespace Weir.Core.Tests.Identity;

/// <summary>Measures the whole heap, so nothing may run beside it.</summary>
[CollectionDefinition(nameof(KeyTableScaleTests), DisableParallelization = true)]
[Collection(nameof(KeyTableScaleTests))]
public sealed class KeyTableScaleTests
{
    private const int Many = 1_000_000;

    [Fact]
    public void A_million_keys_take_at_most_150_bytes_each_and_lookups_allocate_no_more_than_among_a_thousand()
    {
        var hashes = Enumerable.Range(0, 1000).Select(Keys.HashOf).ToArray();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var large = Filled(Many);
        long bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / Many;
        TestContext.Current.SendDiagnosticMessage($"{bytes} bytes per key");
        Assert.InRange(bytes, 50, 150);

        // The same thousand keys over and over: after the first round nothing is built.
        foreach (var table in new[] { Filled(1000), large })
        {
            Assert.Equal(1000, Found(table, hashes));
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            int found = Found(table, hashes);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.Equal(1000, found);
            Assert.Equal(0, allocated);
        }
    }

    private static int Found(KeyTable table, KeyHash[] hashes)
    {
        int found = 0;
        foreach (var hash in hashes)
            found += table.Find(hash) is null ? 0 : 1;
        return found;
    }

    private static KeyTable Filled(int count)
    {
        var table = new KeyTable();
        for (int n = 0; n < count; n++)
            table.Put(Keys.Make(n));
        return table;
    }
}
