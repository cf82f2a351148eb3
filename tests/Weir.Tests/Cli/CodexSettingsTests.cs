using Weir.Cli.Setup;
using Weir.Tests.Stores;
using Xunit;

namespace Weir.Tests.Cli;

public sealed class CodexSettingsTests : IDisposable
{
    private static readonly Connection Connection = new(new Uri("http://127.0.0.1:8080/"), "wk-1", "gpt-5", ["gpt-5"]);
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    private string Plan(string? before)
    {
        Directory.CreateDirectory(_home.File(".codex"));
        if (before is not null)
            File.WriteAllText(_home.File(".codex/config.toml"), before);
        return Assert.Single(new Codex().Plan(new UserFolders(_home.Path, _ => null), Connection)).After;
    }

    [Fact]
    public void Root_keys_come_before_tables_and_the_users_own_are_saved()
    {
        var text = Plan("model = \"o3\"\napproval_policy = \"never\"\n\n[mcp_servers.x]\nmodel = \"kept\"\n");

        Assert.Equal("""
            # >>> weir
            model = "gpt-5"
            model_provider = "weir"
            # <<< weir
            # weir-saved: model = "o3"
            approval_policy = "never"

            [mcp_servers.x]
            model = "kept"
            # >>> weir
            [model_providers.weir]
            name = "Weir"
            base_url = "http://127.0.0.1:8080/v1"
            wire_api = "responses"
            experimental_bearer_token = "wk-1"
            # <<< weir

            """.ReplaceLineEndings("\n"), text);
    }

    [Fact]
    public void A_second_setup_replaces_the_first()
    {
        var first = Plan("model = \"o3\"\n");
        Assert.Equal(first, Plan(first));
    }
}
