using Weir.Core.Identity;
using Weir.Stores;
using Weir.Stores.Secrets;
using Xunit;

namespace Weir.Tests.Stores;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class InstallationSecretsTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder _folder = new();

    private InstallationSecrets Load(string? variable = null, string folder = "data") =>
        InstallationSecrets.LoadOrCreate(_folder.File(folder), SystemRandomBytes.Instance, name => name == "WEIR_MASTER_KEY" ? variable : null);

    [Fact]
    public void Secrets_are_made_once_and_found_again()
    {
        var first = Load();
        var second = Load();
        Assert.Equal(first.KeyPepper.ToArray(), second.KeyPepper.ToArray());
        Assert.Equal(first.CredentialKey.ToArray(), second.CredentialKey.ToArray());
        Assert.Equal((first.AdminToken, first.MasterKeyId), (second.AdminToken, second.MasterKeyId));
        Assert.NotEqual(first.KeyPepper.ToArray(), first.CredentialKey.ToArray());
        Assert.StartsWith("wa-", first.AdminToken, StringComparison.Ordinal);
        Assert.NotEqual(first.AdminToken, Load(folder: "other").AdminToken);
        Assert.NotEqual(first.MasterKeyId, Load(folder: "other").MasterKeyId);
    }

    [Fact]
    public void Files_and_directory_are_private()
    {
        Load();
        Assert.Equal(Private | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("data")));
        Assert.Equal(Private, File.GetUnixFileMode(_folder.File("data/master.key")));
        Assert.Equal(Private, File.GetUnixFileMode(_folder.File("data/admin.token")));
        Assert.Equal(2, Directory.GetFiles(_folder.File("data")).Length);
    }

    [Fact]
    public void Wrong_permissions_are_repaired()
    {
        Load();
        File.SetUnixFileMode(_folder.File("data"), (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(_folder.File("data/master.key"), (UnixFileMode)0b110_100_100);
        Load();
        Files_and_directory_are_private();
    }

    [Fact]
    public void The_environment_wins_and_equals_the_same_text_in_the_file()
    {
        var fromFile = Load();
        string text = File.ReadAllText(_folder.File("data/master.key"));
        Assert.Equal(fromFile.MasterKeyId, Load(text, "elsewhere").MasterKeyId);
        Assert.Equal("env:WEIR_MASTER_KEY", Load(text, "elsewhere").MasterKeySource);
        Assert.False(File.Exists(_folder.File("elsewhere/master.key")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("tooShort1234xyzQRS")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("ChangeMe-ChangeMe-please-before-going-live-42")]
    [InlineData("01234567890123456789012345678901234567890123")]
    public void Empty_short_or_guessable_master_keys_are_refused_without_being_repeated(string bad)
    {
        var fault = Assert.Throws<StoreException>(() => Load(bad));
        Assert.Contains("WEIR_MASTER_KEY", fault.Message, StringComparison.Ordinal);
        if (bad.Trim().Length > 0)
            Assert.DoesNotContain(bad, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_emptied_file_is_refused_not_replaced()
    {
        Load();
        File.WriteAllText(_folder.File("data/master.key"), "");
        Assert.Throws<StoreException>(() => Load());
        Assert.Equal("", File.ReadAllText(_folder.File("data/master.key")));
    }

    [Fact]
    public void Printing_shows_no_secret()
    {
        var secrets = Load();
        Assert.DoesNotContain(secrets.AdminToken, secrets.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(File.ReadAllText(_folder.File("data/master.key")).Trim(), secrets.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
