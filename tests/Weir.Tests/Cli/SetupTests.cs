using System.Text.Json.Nodes;
using Weir.Cli;
using Weir.Tests.Stores;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Cli;

/// <summary><c>weir setup</c> against a running gateway, in a home directory of its own.</summary>
public sealed class SetupTests : IAsyncLifetime
{
    private const string Configuration = """
        providers:
          - {name: sim-chat, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }}
          - {name: sim-messages, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }}
        models:
          - {name: gpt-4o, targets: [{provider: sim-chat, model: gpt-4o}]}
          - {name: claude-sonnet, targets: [{provider: sim-messages, model: claude-sonnet-5}]}
        """;

    private readonly TemporaryFolder _home = new();
    private WeirFixture _weir = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _weir = await WeirFixture.StartAsync(Configuration);

    public async ValueTask DisposeAsync()
    {
        await _weir.DisposeAsync();
        _home.Dispose();
    }

    private readonly Dictionary<string, string> _variables = [];

    private Task<(int Exit, string Out, string Error)> SetupAsync(params string[] args)
    {
        var run = new CliRun();
        run.Variables["HOME"] = _home.Path;
        foreach (var (name, value) in _variables)
            run.Variables[name] = value;
        run.Variables["WEIR_DATA"] = _home.File("weir-data");
        run.Variables["WEIR_ADMIN_URL"] = _weir.Admin.ToString();
        run.Variables["WEIR_ADMIN_TOKEN"] = _weir.AdminToken;
        return run.RunAsync(null, ["setup", .. args, "--url", _weir.Data.ToString()]);
    }

    private string Write(string path, string text)
    {
        var file = _home.File(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    [Fact]
    public async Task Claude_code_keeps_its_other_settings_and_gets_them_all_back()
    {
        const string original = """{"permissions": {"allow": ["Bash(ls)"]}, "env": {"FOO": "1", "ANTHROPIC_API_KEY": "sk-own"}}""";
        var file = Write(".claude/settings.json", original);

        var (exit, output, error) = await SetupAsync("claude-code");

        Assert.True(exit == ExitCode.Ok, output + error);
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(file, Cancellation))!;
        var env = settings["env"]!;
        Assert.Equal("1", env["FOO"]!.GetValue<string>());
        Assert.Equal(_weir.Data.GetLeftPart(UriPartial.Authority), env["ANTHROPIC_BASE_URL"]!.GetValue<string>());
        Assert.Equal("claude-sonnet", env["ANTHROPIC_MODEL"]!.GetValue<string>());
        Assert.Null(env["ANTHROPIC_API_KEY"]);
        Assert.Equal("Bash(ls)", settings["permissions"]!["allow"]![0]!.GetValue<string>());
        // The key in the file is one the gateway knows: the call before it was made with it.
        using var client = _weir.NewClient(env["ANTHROPIC_AUTH_TOKEN"]!.GetValue<string>());
        Assert.Equal(200, (await _weir.PostAsync(WeirFixture.MessagesPath, System.Text.Encoding.UTF8.GetBytes(WeirFixture.Body(WeirFixture.MessagesPath, "claude-sonnet", "hi", false)), client)).Status);

        Assert.Equal(ExitCode.Ok, (await SetupAsync("claude-code")).Exit);
        Assert.Equal(ExitCode.Ok, (await SetupAsync("claude-code", "--undo")).Exit);
        Assert.Equal(original, await File.ReadAllTextAsync(file, Cancellation));
        Assert.Equal(ExitCode.Failed, (await SetupAsync("claude-code", "--undo")).Exit);
    }

    [Fact]
    public async Task Opencode_gets_every_listed_model_and_a_file_of_its_own_goes_again()
    {
        var (exit, output, error) = await SetupAsync("opencode");

        Assert.True(exit == ExitCode.Ok, output + error);
        var file = _home.File(".config/opencode/opencode.json");
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(file, Cancellation))!;
        Assert.Equal("weir/gpt-4o", settings["model"]!.GetValue<string>());
        Assert.Equal(["gpt-4o", "claude-sonnet"], settings["provider"]!["weir"]!["models"]!.AsObject().Select(m => m.Key));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        Assert.Equal(ExitCode.Ok, (await SetupAsync("opencode", "--undo")).Exit);
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData("claude-code", "CLAUDE_CONFIG_DIR", "settings.json", ".claude")]
    [InlineData("codex", "CODEX_HOME", "config.toml", ".codex")]
    [InlineData("opencode", "XDG_CONFIG_HOME", "opencode/opencode.json", ".config")]
    [InlineData("gemini", "GEMINI_CLI_HOME", ".gemini/settings.json", ".gemini")]
    public async Task An_agent_with_its_settings_elsewhere_gets_them_there_and_nowhere_else(string agent, string variable, string file, string usual)
    {
        _variables[variable] = _home.File("else where");

        var (exit, output, error) = await SetupAsync(agent, "--model", "gpt-4o");

        Assert.True(exit == ExitCode.Ok, output + error);
        var path = Path.Combine(_home.File("else where"), file);
        Assert.Contains("gpt-4o", await File.ReadAllTextAsync(path, Cancellation), StringComparison.Ordinal);
        Assert.Contains(path, output + error, StringComparison.Ordinal);
        if (agent == "gemini")
            Assert.Contains("GEMINI_API_KEY=", await File.ReadAllTextAsync(Path.Combine(_home.File("else where"), ".gemini", ".env"), Cancellation), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_home.File(usual)));
        // Undone where it was written, also from a shell without the variable.
        _variables.Clear();
        Assert.Equal(ExitCode.Ok, (await SetupAsync(agent, "--undo")).Exit);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_refused_call_changes_nothing_and_leaves_no_key()
    {
        var (exit, _, error) = await SetupAsync("claude-code", "--model", "no-such-model");

        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("no-such-model", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_home.File(".claude/settings.json")));
        Assert.All((await _weir.Host.Keys.ListAsync(Cancellation)).Where(k => k.Name.StartsWith("claude-code", StringComparison.Ordinal)), k => Assert.NotNull(k.RevokedAt));
    }

    [Fact]
    public async Task Printing_changes_nothing()
    {
        var (exit, output, _) = await SetupAsync("opencode", "--print", "--key", _weir.Key.Secret);

        Assert.Equal(ExitCode.Ok, exit);
        Assert.Contains("@ai-sdk/openai-compatible", output, StringComparison.Ordinal);
        Assert.Contains(_weir.Key.Secret, output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_home.File(".config")));
    }

    [Fact]
    public async Task A_file_that_changed_since_is_not_overwritten_by_undo()
    {
        Assert.Equal(ExitCode.Ok, (await SetupAsync("opencode")).Exit);
        var file = Write(".config/opencode/opencode.json", "{}");

        var (exit, _, error) = await SetupAsync("opencode", "--undo");

        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains(file, error, StringComparison.Ordinal);
        Assert.Equal("{}", await File.ReadAllTextAsync(file, Cancellation));
    }

    [Fact]
    public async Task Settings_with_comments_are_not_rewritten()
    {
        const string original = "{ // mine\n}";
        var file = Write(".claude/settings.json", original);
        Assert.Equal(ExitCode.Failed, (await SetupAsync("claude-code")).Exit);
        Assert.Equal(original, await File.ReadAllTextAsync(file, Cancellation));
    }

    [Fact]
    public async Task Without_a_gateway_it_says_so()
    {
        var run = new CliRun();
        run.Variables["HOME"] = _home.Path;
        var (exit, _, error) = await run.RunAsync(null, "setup", "codex", "--key", "wk-x", "--url", "http://127.0.0.1:1");
        Assert.Equal(ExitCode.Unreachable, exit);
        Assert.Contains("weir up", error, StringComparison.Ordinal);
    }
}
