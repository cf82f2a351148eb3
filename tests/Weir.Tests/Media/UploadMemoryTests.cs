using Weir.Testing.Upstreams;
using Xunit;

namespace Weir.Tests.Media;

/// <summary>How much of an upload is held. Memory is the whole process's, so nothing else may run beside it.</summary>
[Collection(nameof(UploadMemoryTests))]
public sealed class UploadMemoryTests
{
    [Fact]
    public async Task A_hundred_megabytes_take_no_more_than_eight_of_memory()
    {
        const long size = 100L << 20;
        await using var sink = UploadSink.Start(UploadTests.Text);
        await using var weir = await UploadTests.StartAsync(sink.BaseUrl);
        // The second run counts: pools are filled by the first.
        using (var first = new FormBody(1 << 20, UploadTests.Model))
            Assert.Equal(200, (await UploadTests.SendAsync(weir, first)).Status);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var largest = 0L;
        using var form = new FormBody(size, UploadTests.Model, onSent: sent =>
        {
            // Live bytes of the whole process (client, gateway, upstream), looked at while the body is under way.
            if (sent % (10 << 20) == 0)
                largest = Math.Max(largest, GC.GetTotalMemory(forceFullCollection: true) - before);
            return Task.CompletedTask;
        });

        var answer = await UploadTests.SendAsync(weir, form);

        TestContext.Current.TestOutputHelper?.WriteLine($"largest growth {largest:N0} bytes");
        Assert.Equal(200, answer.Status);
        Assert.InRange(sink.Received, size, size + 2000);
        Assert.InRange(largest, long.MinValue, 8L << 20);
    }
}
