using Weir.Core.Upstream.Auth;
using Xunit;

namespace Weir.Core.Tests.Upstream.Auth;

public sealed class LeaseCacheTests
{
    private readonly ManualTime _time = new();
    private int _fetches;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LeaseCache<string> Cache(TimeSpan? lifetime, Func<int, Task>? before = null) => new(async _ =>
    {
        var number = Interlocked.Increment(ref _fetches);
        if (before is not null)
            await before(number);
        return new Leased<string>($"token {number}", lifetime is null ? null : _time.GetUtcNow() + lifetime);
    }, _time);

    [Fact]
    public async Task Many_calls_wait_for_one_fetch()
    {
        var gate = new TaskCompletionSource();
        var cache = Cache(TimeSpan.FromHours(1), _ => gate.Task);
        var calls = Enumerable.Range(0, 50).Select(_ => cache.GetAsync(Cancellation).AsTask()).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(calls), t => Assert.Equal("token 1", t));
        Assert.Equal(1, _fetches);
        Assert.Equal("token 1", await cache.GetAsync(Cancellation));
        Assert.Equal(1, _fetches);
    }

    [Fact]
    public async Task A_token_is_renewed_before_it_ends_while_calls_go_on_with_the_old_one()
    {
        var gate = new TaskCompletionSource();
        var cache = Cache(TimeSpan.FromHours(1), n => n == 1 ? Task.CompletedTask : gate.Task);
        await cache.GetAsync(Cancellation);
        _time.Advance(TimeSpan.FromMinutes(54));
        Assert.Equal("token 1", await cache.GetAsync(Cancellation));
        Assert.Equal(1, _fetches);

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("token 1", await cache.GetAsync(Cancellation));
        gate.SetResult();
        await Until(() => cache.Current == "token 2");
        Assert.Equal("token 2", await cache.GetAsync(Cancellation));
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task A_token_that_has_ended_is_never_used()
    {
        var cache = Cache(TimeSpan.FromHours(1));
        await cache.GetAsync(Cancellation);
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(10));
        Assert.Equal("token 2", await cache.GetAsync(Cancellation));
    }

    [Fact]
    public async Task A_failed_fetch_is_told_to_all_and_not_repeated_at_once()
    {
        var cache = Cache(TimeSpan.FromHours(1), n => n <= 1 ? throw new CredentialException("no token") : Task.CompletedTask);
        await Assert.ThrowsAsync<CredentialException>(async () => await cache.GetAsync(Cancellation));
        await Assert.ThrowsAsync<CredentialException>(async () => await cache.GetAsync(Cancellation));
        Assert.Equal(1, _fetches);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("token 2", await cache.GetAsync(Cancellation));
    }

    [Fact]
    public async Task A_refused_token_is_thrown_away_once_it_has_some_age()
    {
        var cache = Cache(TimeSpan.FromHours(1));
        await cache.GetAsync(Cancellation);
        Assert.False(cache.Discard());
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(cache.Discard());
        Assert.Equal("token 2", await cache.GetAsync(Cancellation));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_end_the_fetch_of_others()
    {
        var gate = new TaskCompletionSource();
        var cache = Cache(null, _ => gate.Task);
        using var gone = new CancellationTokenSource();
        var first = cache.GetAsync(gone.Token).AsTask();
        var second = cache.GetAsync(Cancellation).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.Equal("token 1", await second);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(5, Cancellation);
    }
}
