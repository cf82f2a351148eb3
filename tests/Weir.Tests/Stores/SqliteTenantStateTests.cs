using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Core.Continuity;
using Weir.Stores.Sqlite;
using Xunit;

namespace Weir.Tests.Stores;

public sealed class SqliteTenantStateTests : IDisposable
{
    private readonly StoreFixture _store = new();

    private SqliteTenantState Open() => new(_store.Control, _store.Secrets, _store.Random, _store.Time, NullLogger<SqliteTenantState>.Instance);

    private static async Task<string?> TextAsync(SqliteTenantState state, string tenant, string key) =>
        await state.FindAsync(tenant, StateKind.Reasoning, key, default) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    [Fact]
    public async Task A_value_is_found_at_once_and_after_a_restart_by_its_tenant_alone()
    {
        await using (var state = Open())
        {
            Assert.True(state.Put("acme", StateKind.Reasoning, "call-1", "thoughts"u8));
            Assert.Equal("thoughts", await TextAsync(state, "acme", "call-1"));
        }

        _store.Reopen();
        await using var again = Open();
        Assert.Equal("thoughts", await TextAsync(again, "acme", "call-1"));
        Assert.Null(await TextAsync(again, "other", "call-1"));
        Assert.Null(await again.FindAsync("acme", StateKind.StoredResponse, "call-1", default));
    }

    [Fact]
    public async Task Nothing_of_it_can_be_read_in_the_file()
    {
        await using (var state = Open())
            state.Put("tenant-in-clear", StateKind.Reasoning, "key-in-clear", "value-in-clear"u8);
        _store.Control.Dispose();
        foreach (var file in Directory.GetFiles(_store.Folder.Path, "weir.db*"))
            Assert.DoesNotContain("-in-clear", Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
    }

    [Fact]
    public async Task A_value_expires_and_the_sweep_takes_it_out()
    {
        await using var state = Open();
        state.Put("acme", StateKind.Reasoning, "call-1", "thoughts"u8);
        await state.FlushAsync();
        _store.Time.Now += StateLimits.Reasoning.Lifetime;
        Assert.Null(await TextAsync(state, "acme", "call-1"));
        await state.SweepAsync();
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_tenant_that_keeps_too_much_loses_its_oldest_and_nobody_elses()
    {
        await using var state = Open();
        for (var i = 0; i < 10; i++)
        {
            _store.Time.Now += TimeSpan.FromSeconds(1);
            state.Put("greedy", StateKind.Reasoning, $"call-{i}", new byte[1000]);
        }
        state.Put("modest", StateKind.Reasoning, "call-0", "thoughts"u8);
        await state.FlushAsync();
        await state.SweepAsync(_ => new StateLimits(TimeSpan.FromDays(1), 1000, 5500));

        Assert.Null(await TextAsync(state, "greedy", "call-4"));
        Assert.NotNull(await TextAsync(state, "greedy", "call-5"));
        Assert.NotNull(await TextAsync(state, "modest", "call-0"));
    }

    [Fact]
    public async Task Deleted_is_gone_whether_it_was_written_or_still_waiting()
    {
        await using var state = Open();
        state.Put("acme", StateKind.Reasoning, "waiting", "x"u8);
        Assert.True(await state.DeleteAsync("acme", StateKind.Reasoning, "waiting", default));
        state.Put("acme", StateKind.Reasoning, "written", "x"u8);
        await state.FlushAsync();
        Assert.True(await state.DeleteAsync("acme", StateKind.Reasoning, "written", default));
        await state.FlushAsync();
        Assert.Null(await TextAsync(state, "acme", "waiting"));
        Assert.Null(await TextAsync(state, "acme", "written"));
        Assert.False(await state.DeleteAsync("acme", StateKind.Reasoning, "written", default));
    }

    [Fact]
    public async Task Too_large_a_value_is_refused()
    {
        await using var state = Open();
        Assert.False(state.Put("acme", StateKind.Reasoning, "call", new byte[StateLimits.Reasoning.MaxValueBytes + 1]));
        Assert.Null(await TextAsync(state, "acme", "call"));
    }

    public void Dispose() => _store.Dispose();

    private Task<long> CountAsync() => _store.Control.UseAsync(database =>
    {
        using var query = database.Prepare("SELECT count(*) FROM tenant_state");
        return query.Scalar() ?? 0;
    }, default);
}
