using Xunit;

namespace Weir.Tests.Support;

/// <summary>Waits for a condition by looking again and again, with a limit that only a broken program reaches.</summary>
public static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task<T> GetAsync<T>(Func<Task<T>> read, Func<T, bool> good, string what, TimeSpan? limit = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (good(value))
                return value;
            Assert.True(TimeProvider.System.GetElapsedTime(start) < (limit ?? Limit), $"Waited in vain for {what}; last seen: {value}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? limit = null) =>
        GetAsync(() => Task.FromResult(condition()), good => good, what, limit);
}
