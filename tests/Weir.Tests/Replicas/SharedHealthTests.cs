using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Weir.Stores.Redis;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Replicas;

/// <summary>The loop beside the calls, against a store whose failures are scripted.</summary>
public sealed class SharedHealthTests : IAsyncDisposable
{
    private readonly JumpingTime _time = new();
    private readonly ScriptedState _store = new();
    private readonly LogLines _log = new();
    private readonly List<SharedHealth> _replicas = [];

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public async Task What_one_replica_says_the_others_hear_and_it_does_not_hear_itself()
    {
        var (one, heardByOne) = Start("one");
        var (two, heardByTwo) = Start("two");
        await Connected(one, two);

        one.Publish(Opened("x", 30));

        await Eventually.TrueAsync(() => heardByTwo.Count == 1, "the notice");
        Assert.True(heardByTwo.TryPeek(out var heard));
        Assert.Equal((HealthChange.Opened, "x", "because"), (heard.Change, heard.Subject, heard.Reason));
        Assert.InRange(heard.Until!.Value - Now, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(30));
        Assert.Empty(heardByOne);
        Assert.Equal((1, 0), (one.Status.Told, one.Status.Heard));
        Assert.Equal((0, 1), (two.Status.Told, two.Status.Heard));
    }

    [Fact]
    public async Task A_replica_that_starts_later_hears_what_is_in_force()
    {
        _store.Keep("breaker x", HealthMessage.Write("gone", Opened("x", 60), Now), TimeSpan.FromSeconds(20));

        var (_, heard) = Start("late");

        await Eventually.TrueAsync(() => heard.Count == 1, "the stored notice");
        Assert.True(heard.TryPeek(out var notice));
        Assert.InRange(notice.Until!.Value - Now, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_closing_is_told_and_nothing_is_kept_of_what_it_closed()
    {
        var (one, _) = Start("one");
        await Connected(one);
        one.Publish(Opened("x", 30));
        one.Publish(new HealthNotice(HealthChange.Rests, "x", Now + TimeSpan.FromSeconds(30), "asked"));
        await Eventually.TrueAsync(() => _store.Kept.Count == 2, "both notices");

        one.Publish(new HealthNotice(HealthChange.Closed, "x", null, "well again"));

        await Eventually.TrueAsync(() => _store.Kept.Count == 1, "one notice less");
        Assert.Equal("rest x", Assert.Single(_store.Kept).Key);
    }

    [Fact]
    public async Task Without_the_store_it_says_so_once_and_goes_on_trying()
    {
        _store.Failure = "no connection";
        var (one, _) = Start("one");

        await Eventually.TrueAsync(() => Jumped(_store.Attempts >= 5), "five attempts");

        Assert.False(one.Status.IsConnected);
        var line = Assert.Single(_log.All);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains("scripted cannot be used (no connection)", line.Text, StringComparison.Ordinal);
        _store.Failure = null;
        await Eventually.TrueAsync(() => Jumped(one.Status.IsConnected), "a connection");
        Assert.Equal([LogLevel.Warning, LogLevel.Information], _log.All.Select(l => l.Level));
    }

    [Fact]
    public async Task What_happened_while_the_store_was_away_is_told_when_it_is_back_and_what_is_over_is_not()
    {
        var (one, _) = Start("one");
        await Connected(one);
        _store.Break("gone");
        await Eventually.TrueAsync(() => !one.Status.IsConnected, "the break to be noticed");
        one.Publish(Opened("lasting", 600));
        one.Publish(Opened("short", 1));
        _time.Jump(TimeSpan.FromSeconds(2));

        _store.Failure = null;

        await Eventually.TrueAsync(() => Jumped(one.Status.Told == 1), "the notice");
        Assert.Equal("breaker lasting", Assert.Single(_store.Kept).Key);
    }

    [Fact]
    public async Task A_store_that_lost_everything_is_told_again_what_is_in_force()
    {
        var (one, _) = Start("one");
        await Connected(one);
        one.Publish(Opened("x", 600));
        await Eventually.TrueAsync(() => one.Status.Told == 1, "the notice");

        _store.Break("restarted", loseAll: true);
        _store.Failure = null;

        await Eventually.TrueAsync(() => Jumped(_store.Kept.Count == 1), "the notice again");
    }

    [Fact]
    public async Task A_store_that_falls_silent_is_given_up_and_publishing_never_waits()
    {
        var (one, _) = Start("one");
        await Connected(one);
        _store.IsSilent = true;

        for (var i = 0; i < 5000; i++)
            one.Publish(Opened($"x{i}", 600));

        Assert.Equal(5000 - 4096, one.Status.Dropped);
        await Eventually.TrueAsync(() => Jumped(!one.Status.IsConnected), "the silence to be noticed");
        Assert.Contains("no answer in time", _log.All.Last().Text, StringComparison.Ordinal);
        (_store.IsSilent, _store.Failure) = (false, null);
        await Eventually.TrueAsync(() => Jumped(one.Status.Told >= 4096), "everything there was room for");
    }

    [Fact]
    public async Task A_quiet_store_is_asked_for_signs_of_life()
    {
        var (one, _) = Start("one");
        await Connected(one);
        _store.Failure = "dead without a word";

        await Eventually.TrueAsync(() => Jumped(!one.Status.IsConnected), "the missing sign of life");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"v":2,"replica":"r","change":"opened","subject":"x","ms":1000,"reason":""}""")]
    [InlineData("""{"v":1,"replica":"r","change":"exploded","subject":"x","ms":1000,"reason":""}""")]
    [InlineData("""{"v":1,"replica":"r","change":"opened","subject":"x","ms":null,"reason":""}""")]
    [InlineData("""{"v":1,"replica":"r","change":"opened","subject":"x","ms":9223372036854775807,"reason":""}""")]
    [InlineData("""{"v":1,"replica":"r","change":"closed","subject":"x","ms":5,"reason":""}""")]
    [InlineData("""{"v":1,"replica":"r","change":"opened","subject":null,"ms":1000,"reason":""}""")]
    [InlineData("""{"v":1,"replica":"r","change":"opened","subject":7,"ms":1000,"reason":""}""")]
    public async Task Words_that_are_not_understood_are_passed_over(string text)
    {
        var (one, heard) = Start("one");
        await Connected(one);

        _store.Say(text);
        _store.Say(HealthMessage.Write("another", Opened("after", 30), Now));

        await Eventually.TrueAsync(() => !heard.IsEmpty, "the notice after it");
        Assert.Equal("after", Assert.Single(heard).Subject);
    }

    [Fact]
    public async Task It_ends_while_it_waits_for_a_store_that_says_nothing()
    {
        _store.IsSilent = true;
        var (one, _) = Start("one");
        await Eventually.TrueAsync(() => _store.Attempts == 1, "the first attempt");

        await one.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        _replicas.Remove(one);

        Assert.Equal(0, _store.Open);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
            await replica.DisposeAsync();
        Assert.Equal(0, _store.Open);
    }

    private HealthNotice Opened(string subject, int seconds) => new(HealthChange.Opened, subject, Now + TimeSpan.FromSeconds(seconds), "because");

    // Time goes on while the loop sleeps.
    private bool Jumped(bool done)
    {
        if (!done)
            _time.Jump(TimeSpan.FromSeconds(1));
        return done;
    }

    private (SharedHealth Replica, ConcurrentQueue<HealthNotice> Heard) Start(string name)
    {
        var replica = new SharedHealth(_store, name, _time, new SeededRandomSource(1), _log);
        var heard = new ConcurrentQueue<HealthNotice>();
        replica.Observe(heard.Enqueue);
        replica.Start();
        _replicas.Add(replica);
        return (replica, heard);
    }

    private static Task Connected(params SharedHealth[] replicas) => Eventually.TrueAsync(() => replicas.All(r => r.Status.IsConnected), "connections");
}
