using Weir.Core.Identity;
using Weir.Stores.Sqlite;
using Xunit;

namespace Weir.Tests.Stores;

public sealed class SqliteKeyStoreTests : IDisposable
{
    private readonly StoreFixture _store = new();

    private static NewKey Request(string name = "app", string tenant = "acme", DateTimeOffset? expires = null) =>
        new(name, tenant, "search", ["gpt-*", "claude-sonnet-4-5"], expires);

    [Fact]
    public async Task A_new_key_works_at_once_and_after_a_restart()
    {
        var (store, directory) = _store.Keys();
        var issued = await store.CreateAsync(Request(expires: _store.Time.Now.AddDays(30)), default);
        Assert.True(KeyFormat.IsWellFormed(issued.Secret));
        Assert.Equal(issued.Key, directory.Find(issued.Secret));

        _store.Reopen();
        (store, directory) = _store.Keys();
        Assert.Null(directory.Find(issued.Secret));
        Assert.Equal(1, await store.LoadAsync(default));
        var found = directory.Find(issued.Secret)!;
        Assert.Equal(issued.Key with { Models = found.Models }, found);
        Assert.Equal(issued.Key.Models, found.Models);
    }

    [Fact]
    public async Task Labels_of_a_key_are_there_at_once_and_after_a_restart()
    {
        var (store, directory) = _store.Keys();
        var issued = await store.CreateAsync(Request() with { Labels = new Dictionary<string, string> { ["workload"] = "support" }, AllowLabels = ["sensitivity", "region=eu"] }, default);
        Assert.Equal("support", directory.Find(issued.Secret)!.Labels["workload"]);

        _store.Reopen();
        (store, directory) = _store.Keys();
        await store.LoadAsync(default);
        var found = directory.Find(issued.Secret)!;
        Assert.Equal("support", Assert.Single(found.Labels).Value);
        Assert.Equal(["sensitivity", "region=eu"], found.AllowLabels);
    }

    [Fact]
    public async Task A_revoked_key_is_found_as_revoked_by_the_next_lookup_and_after_a_restart()
    {
        var (store, directory) = _store.Keys();
        var issued = await store.CreateAsync(Request(), default);
        Assert.Equal(KeyState.Active, KeyCheck.Verify(directory.Find(issued.Secret)!, _store.Time.Now));
        var revoked = await store.RevokeAsync("app", default);
        Assert.Equal(_store.Time.Now, revoked!.RevokedAt);
        Assert.Equal(KeyState.Revoked, KeyCheck.Verify(directory.Find(issued.Secret)!, _store.Time.Now));

        var (again, reloaded) = _store.Keys();
        await again.LoadAsync(default);
        Assert.Equal(_store.Time.Now, reloaded.Find(issued.Secret)!.RevokedAt);
    }

    [Fact]
    public async Task Revoking_twice_keeps_the_first_time_and_an_unknown_key_is_null()
    {
        var (store, _) = _store.Keys();
        var issued = await store.CreateAsync(Request(), default);
        var first = await store.RevokeAsync(issued.Key.Id, default);
        _store.Time.Now += TimeSpan.FromHours(1);
        Assert.Equal(first!.RevokedAt, (await store.RevokeAsync(issued.Key.Id, default))!.RevokedAt);
        Assert.Null(await store.RevokeAsync("nobody", default));
    }

    [Fact]
    public async Task A_name_is_unique_among_live_keys_of_a_tenant_only()
    {
        var (store, _) = _store.Keys();
        var first = await store.CreateAsync(Request(expires: _store.Time.Now.AddDays(1)), default);
        await Assert.ThrowsAsync<KeyNameTakenException>(() => store.CreateAsync(Request(), default));
        await store.CreateAsync(Request(tenant: "other"), default);

        await Assert.ThrowsAsync<ArgumentException>(() => store.RevokeAsync("app", default));
        await store.RevokeAsync(first.Key.Id, default);
        await store.CreateAsync(Request(expires: _store.Time.Now.AddDays(1)), default);
        _store.Time.Now += TimeSpan.FromDays(2);
        await store.CreateAsync(Request(), default);
    }

    [Fact]
    public async Task A_name_of_a_configuration_key_is_taken_too_and_the_list_shows_both_newest_first()
    {
        var (store, _) = _store.Keys();
        var issued = await store.CreateAsync(Request("stored"), default);
        var configured = issued.Key with
        {
            Id = "key_file",
            Name = "file",
            Hash = new(1, 2, 3, 4),
            Origin = KeyOrigin.Configuration,
            CreatedAt = _store.Time.Now.AddDays(1),
        };
        _store.Current = StoreFixture.WithKeys(configured);
        await Assert.ThrowsAsync<KeyNameTakenException>(() => store.CreateAsync(Request("file"), default));
        Assert.Equal(["file", "stored"], (await store.ListAsync(default)).Select(k => k.Name));
    }

    [Theory]
    [InlineData("", "acme")]
    [InlineData("app", " ")]
    [InlineData("a\nb", "acme")]
    public async Task Bad_names_are_refused(string name, string tenant) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _store.Keys().Store.CreateAsync(Request(name, tenant), default));

    [Fact]
    public async Task A_key_cannot_be_made_expired() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _store.Keys().Store.CreateAsync(Request(expires: _store.Time.Now), default));

    [Fact]
    public async Task Hostile_names_are_only_names()
    {
        var (store, _) = _store.Keys();
        const string Name = "x'); DROP TABLE virtual_keys; --";
        await store.CreateAsync(Request(Name), default);
        Assert.Equal(Name, Assert.Single(await store.ListAsync(default)).Name);
        Assert.NotNull((await store.RevokeAsync(Name, default))!.RevokedAt);
    }

    [Fact]
    public async Task A_change_by_another_process_is_seen_by_a_refresh()
    {
        var (store, directory) = _store.Keys();
        var issued = await store.CreateAsync(Request(), default);
        await store.LoadAsync(default);
        Assert.False(await store.RefreshAsync(default));

        using (var other = ControlDatabase.Open(_store.DatabasePath, _store.Secrets, _store.Time))
        {
            var elsewhere = new SqliteKeyStore(other, _store.Keys().Directory, _store.Hasher, _store, _store.Random, _store.Time);
            await elsewhere.RevokeAsync("app", default);
        }
        Assert.Null(directory.Find(issued.Secret)!.RevokedAt);
        Assert.True(await store.RefreshAsync(default));
        Assert.NotNull(directory.Find(issued.Secret)!.RevokedAt);
    }

    [Fact]
    public async Task Many_keys_at_once_all_work()
    {
        var (store, directory) = _store.Keys();
        var issued = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => store.CreateAsync(Request($"app-{n}"), default))));
        Assert.All(issued, i => Assert.Equal(i.Key.Id, directory.Find(i.Secret)!.Id));
        Assert.Equal(200, (await store.ListAsync(default)).Count);
    }

    public void Dispose() => _store.Dispose();
}
