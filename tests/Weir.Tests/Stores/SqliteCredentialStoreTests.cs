using System.Text;
using Weir.Core.Identity;
using Weir.Stores;
using Weir.Stores.Secrets;
using Weir.Stores.Sqlite;
using Xunit;

namespace Weir.Tests.Stores;

public sealed class SqliteCredentialStoreTests : IDisposable
{
    private const string Secret = "sk-live-CANARY-4711-canary-4711";
    private readonly StoreFixture _store = new();

    private SqliteCredentialStore Credentials() => new(_store.Control, _store.Secrets, _store.Random, _store.Time);

    [Fact]
    public async Task A_credential_comes_back_until_it_is_replaced_or_deleted()
    {
        var credentials = Credentials();
        await credentials.PutAsync("openai", Secret, default);
        Assert.Equal(Secret, (await credentials.FindAsync("openai", default))!.Reveal());
        await credentials.PutAsync("openai", "another", default);
        _store.Reopen();
        credentials = Credentials();
        Assert.Equal("another", (await credentials.FindAsync("openai", default))!.Reveal());
        Assert.Equal(new StoredCredential("openai", _store.Time.Now, _store.Secrets.MasterKeyId), Assert.Single(await credentials.ListAsync(default)));
        Assert.True(await credentials.DeleteAsync("openai", default));
        Assert.False(await credentials.DeleteAsync("openai", default));
        Assert.Null(await credentials.FindAsync("openai", default));
    }

    [Fact]
    public async Task No_secret_is_in_the_bytes_of_any_file_but_its_own()
    {
        await Credentials().PutAsync("openai", Secret, default);
        var issued = await _store.Keys().Store.CreateAsync(new("app", "acme", null, [], null), default);
        string master = File.ReadAllText(_store.Folder.File("master.key")).Trim();
        foreach (string file in Directory.GetFiles(_store.Folder.Path, "weir.db*"))
        {
            string bytes = Encoding.Latin1.GetString(ReadShared(file));
            foreach (string secret in new[] { Secret, issued.Secret, issued.Secret[8..40], _store.Secrets.AdminToken, master })
                Assert.DoesNotContain(secret, bytes, StringComparison.Ordinal);
        }
        // The search does find what is there.
        Assert.Contains(Directory.GetFiles(_store.Folder.Path, "weir.db*"),
            f => Encoding.Latin1.GetString(ReadShared(f)).Contains(issued.Key.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ciphertext_moved_to_another_name_or_changed_does_not_open()
    {
        var credentials = Credentials();
        await credentials.PutAsync("a", Secret, default);
        await credentials.PutAsync("b", "harmless", default);
        using var database = SqliteDatabase.Open(_store.DatabasePath);
        database.Execute("UPDATE provider_credentials SET (ciphertext, nonce) = (SELECT ciphertext, nonce FROM provider_credentials WHERE name = 'a') WHERE name = 'b'");
        await Assert.ThrowsAsync<StoreException>(() => credentials.FindAsync("b", default));
        database.Execute("UPDATE provider_credentials SET ciphertext = x'00' WHERE name = 'a'");
        await Assert.ThrowsAsync<StoreException>(() => credentials.FindAsync("a", default));
    }

    [Fact]
    public void A_database_of_another_master_key_is_refused()
    {
        using var elsewhere = new TemporaryFolder();
        var others = InstallationSecrets.LoadOrCreate(elsewhere.Path, SystemRandomBytes.Instance, _ => null);
        var fault = Assert.Throws<StoreException>(() => ControlDatabase.Open(_store.DatabasePath, others, _store.Time));
        Assert.Contains(others.MasterKeyId, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("../x")]
    [InlineData("a\n")]
    public async Task Bad_names_are_refused(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => Credentials().PutAsync(name, Secret, default));

    public void Dispose() => _store.Dispose();

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
