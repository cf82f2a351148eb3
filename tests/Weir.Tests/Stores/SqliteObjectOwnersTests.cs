using Weir.Core.Objects;
using Weir.Stores.Sqlite;
using Xunit;

namespace Weir.Tests.Stores;

public sealed class SqliteObjectOwnersTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_is_found_by_its_tenant_alone_and_stays_whose_it_is()
    {
        using var store = new StoreFixture();
        var owners = new SqliteObjectOwners(store.Control);
        var file = new OwnedObject("file-1", "file", "one", "a", "team", "key_1", Start);
        await owners.AddAsync([file], Cancellation);
        await owners.AddAsync([file with { Tenant = "b" }], Cancellation);

        Assert.Equal(file, await owners.FindAsync("a", "file-1", Cancellation));
        Assert.Null(await owners.FindAsync("b", "file-1", Cancellation));
        Assert.Equal(["file-1"], await owners.OwnedAsync("a", "one", ["file-1", "file-2"], Cancellation));
        Assert.Empty(await owners.OwnedAsync("a", "two", ["file-1"], Cancellation));

        await owners.RemoveAsync("one", "file-1", Cancellation);
        Assert.Null(await owners.FindAsync("a", "file-1", Cancellation));
    }

    [Fact]
    public async Task Every_line_is_claimed_once()
    {
        using var store = new StoreFixture();
        var owners = new SqliteObjectOwners(store.Control);
        await owners.AddAsync([new OwnedObject("file-1", "batch_result", "one", "a", null, "key_1", Start)], Cancellation);

        Assert.Equal(0, await owners.ClaimLinesAsync("one", "file-1", 10, Cancellation));
        Assert.Null(await owners.ClaimLinesAsync("one", "file-1", 10, Cancellation));
        Assert.Equal(10, await owners.ClaimLinesAsync("one", "file-1", 12, Cancellation));
        Assert.Null(await owners.ClaimLinesAsync("one", "unknown", 12, Cancellation));
    }
}
