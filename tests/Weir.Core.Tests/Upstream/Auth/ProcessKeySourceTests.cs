using Weir.Core.Providers;
using Weir.Core.Upstream.Auth;
using Weir.Core.Upstream.Auth.Aws;
using Xunit;

namespace Weir.Core.Tests.Upstream.Auth;

public sealed class ProcessKeySourceTests : IDisposable
{
    private const string KeyJson = """{"Version":1,"AccessKeyId":"ASIA9","SecretAccessKey":"s9","SessionToken":"t9","Expiration":"2026-11-21T18:00:00Z"}""";

    private readonly ManualTime _time = new();
    private readonly Dictionary<string, string> _variables = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("weir aws-"); // with a space

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A script that does this.</summary>
    private string Program(string body)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the programs of these tests are shell scripts");
        var path = Path.Combine(_folder.FullName, $"print key {Guid.NewGuid():N}.sh");
        File.WriteAllText(path, "#!/bin/sh\n" + body);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    private Task<Leased<AwsKey>> FetchAsync(string command, TimeSpan? deadline = null) => new ProcessKeySource(command, "p", _time, deadline).FetchAsync(Cancellation);

    private async Task<string> FaultAsync(string command, TimeSpan? deadline = null) =>
        (await Assert.ThrowsAsync<CredentialException>(() => FetchAsync(command, deadline))).Message;

    [Fact]
    public async Task A_profile_that_names_a_program_gets_the_key_it_prints_and_keeps_it_until_its_end()
    {
        var count = Path.Combine(_folder.FullName, "count");
        _variables["AWS_CONFIG_FILE"] = Path.Combine(_folder.FullName, "config");
        _variables["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(_folder.FullName, "absent");
        await File.WriteAllTextAsync(_variables["AWS_CONFIG_FILE"], $"[profile p]\ncredential_process = \"{Program($"echo x >> '{count}'\necho '{KeyJson}'\n")}\" --name \"a b\"\n", Cancellation);
        var settings = new AwsAuth(AwsSource.Profile, "eu-central-1", "bedrock") { Profile = "p" };
        var host = new CredentialHost(_variables.GetValueOrDefault);
        var source = new ProfileKeySource(settings, host, new StsClient("eu-central-1", new ScriptedTokens(), host, _time), _time);
        var cache = new LeaseCache<AwsKey>(source.FetchAsync, _time);

        var first = await cache.GetAsync(Cancellation);
        await cache.GetAsync(Cancellation);

        Assert.Equal(("ASIA9", "s9", "t9"), (first.Id, first.Secret, first.Token));
        Assert.Single(await File.ReadAllLinesAsync(count, Cancellation));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 18, 0, 0, TimeSpan.Zero), (await source.FetchAsync(Cancellation)).ExpiresAt);
    }

    [Fact]
    public async Task A_key_without_an_end_is_asked_for_again_after_a_while()
    {
        var key = await FetchAsync($"'{Program("""echo '{"Version":1,"AccessKeyId":"AKIA","SecretAccessKey":"s"}'""")}'");

        Assert.Equal(("AKIA", "s", null), (key.Value.Id, key.Value.Secret, key.Value.Token));
        Assert.Equal(_time.GetUtcNow().AddMinutes(5), key.ExpiresAt);
    }

    [Fact]
    public async Task Arguments_reach_the_program_as_they_are_and_no_shell_sees_them()
    {
        var seen = Path.Combine(_folder.FullName, "seen");
        var program = Program($"for a in \"$@\"; do echo \"$a\" >> '{seen}'; done\necho '{KeyJson}'\n");

        await FetchAsync($"\"{program}\" plain 'one two' \"three \\\"four\\\"\" back\\\\slash $HOME `id` ; touch x | cat > y");

        Assert.Equal(["plain", "one two", "three \"four\"", "back\\slash", "$HOME", "`id`", ";", "touch", "x", "|", "cat", ">", "y"], await File.ReadAllLinesAsync(seen, Cancellation));
    }

    [Theory]
    [InlineData("echo nothing of use", "JSON object")]
    [InlineData("""echo '{"Version":2,"AccessKeyId":"A","SecretAccessKey":"s"}'""", "version")]
    [InlineData("""echo '{"AccessKeyId":"A","SecretAccessKey":"s"}'""", "version")]
    [InlineData("""echo '{"Version":1,"AccessKeyId":"A"}'""", "SecretAccessKey")]
    [InlineData("""echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"s","Expiration":"soon"}'""", "Expiration")]
    [InlineData("echo 'my-secret is wrong' >&2; exit 3", "exit code 3")]
    [InlineData("head -c 1000000 /dev/zero", "64 KiB")]
    public async Task What_is_wrong_is_named_and_nothing_it_printed_is_repeated(string script, string named)
    {
        var message = await FaultAsync($"'{Program(script)}'");

        Assert.Contains("credential_process of the AWS profile 'p'", message, StringComparison.Ordinal);
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.DoesNotContain("my-secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_ended()
    {
        var pid = Path.Combine(_folder.FullName, "pid");
        var message = await FaultAsync($"'{Program($"echo $$ > '{pid}.new'; mv '{pid}.new' '{pid}'\nexec sleep 600\n")}'", TimeSpan.FromSeconds(2));

        Assert.Contains("did not end within 2 seconds", message, StringComparison.Ordinal);
        var process = int.Parse(await File.ReadAllTextAsync(pid, Cancellation), System.Globalization.CultureInfo.InvariantCulture);
        // Killed and reaped, or killed and not yet: never still asleep.
        Assert.True(!File.Exists($"/proc/{process}/cmdline") || (await File.ReadAllTextAsync($"/proc/{process}/cmdline", Cancellation)).Length == 0
            || System.Diagnostics.Process.GetProcessById(process).WaitForExit(TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData("/no/such/program --x", "cannot be started")]
    [InlineData("'open quote", "quote without an end")]
    [InlineData("   ", "is empty")]
    public async Task A_command_that_cannot_run_is_named(string command, string named) =>
        Assert.Contains(named, await FaultAsync(command), StringComparison.Ordinal);
}
