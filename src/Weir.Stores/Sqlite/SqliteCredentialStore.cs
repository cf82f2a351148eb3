using System.Text.RegularExpressions;
using Weir.Core.Identity;
using Weir.Core.Providers;
using Weir.Stores.Secrets;

namespace Weir.Stores.Sqlite;

/// <summary><see cref="ICredentialStore"/> in the table <c>provider_credentials</c>.</summary>
public sealed partial class SqliteCredentialStore(
    ControlDatabase control, InstallationSecrets secrets, IRandomBytes random, TimeProvider time) : ICredentialStore
{
    private readonly SecretBox _box = new(secrets, random);

    public Task PutAsync(string name, string secret, CancellationToken cancellationToken)
    {
        if (!ValidName().IsMatch(name))
            throw new ArgumentException("A credential's name has 1 to 100 letters, digits, '-', '_' or '.'.", nameof(name));
        ArgumentException.ThrowIfNullOrWhiteSpace(secret);
        var (ciphertext, nonce) = _box.Seal(name, secret);
        return control.UseAsync(database =>
        {
            using var put = database.Prepare("""
                INSERT INTO provider_credentials (name, ciphertext, nonce, key_id, created) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET
                  ciphertext = excluded.ciphertext, nonce = excluded.nonce, key_id = excluded.key_id, created = excluded.created
                """);
            return put.Bind(1, name).BindBlob(2, ciphertext).BindBlob(3, nonce).Bind(4, _box.KeyId)
                .Bind(5, UnixMicros.From(time.GetUtcNow())).Run();
        }, cancellationToken);
    }

    public Task<IReadOnlyList<StoredCredential>> ListAsync(CancellationToken cancellationToken) =>
        control.UseAsync<IReadOnlyList<StoredCredential>>(static database =>
        {
            using var query = database.Prepare("SELECT name, created, key_id FROM provider_credentials ORDER BY name");
            var found = new List<StoredCredential>();
            while (query.Step())
                found.Add(new(query.Text(0), UnixMicros.ToTime(query.Long(1)), query.Text(2)));
            return found;
        }, cancellationToken);

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken) => control.UseAsync(database =>
    {
        using var delete = database.Prepare("DELETE FROM provider_credentials WHERE name = ?");
        return delete.Bind(1, name).Run() > 0;
    }, cancellationToken);

    public Task<Credential?> FindAsync(string name, CancellationToken cancellationToken) => control.UseAsync(database =>
    {
        using var query = database.Prepare("SELECT ciphertext, nonce, key_id FROM provider_credentials WHERE name = ?");
        return query.Bind(1, name).Step()
            ? new Credential(_box.Open(name, query.Blob(0), query.Blob(1), query.Text(2)), $"store:{name}")
            : null;
    }, cancellationToken);

    [GeneratedRegex("^[A-Za-z0-9._-]{1,100}\\z")]
    private static partial Regex ValidName();
}
