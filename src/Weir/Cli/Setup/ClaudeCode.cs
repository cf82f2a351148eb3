using System.Text.Json.Nodes;

namespace Weir.Cli.Setup;

/// <summary>Claude Code: <c>env</c> in <c>~/.claude/settings.json</c> (<c>CLAUDE_CONFIG_DIR</c>).</summary>
internal sealed class ClaudeCode : IAgentSettings
{
    public string Name => "claude-code";
    public string DisplayName => "Claude Code";
    public IReadOnlyList<string> PreferredModels => ["claude-sonnet", "claude-opus", "claude"];

    public IReadOnlyList<FileChange> Plan(UserFolders folders, Connection connection) =>
    [
        SettingsFile.EditJson(Path.Combine(folders.Of("CLAUDE_CONFIG_DIR", ".claude"), "settings.json"), root =>
        {
            var env = SettingsFile.Section(root, "env");
            env["ANTHROPIC_BASE_URL"] = connection.At();
            env["ANTHROPIC_AUTH_TOKEN"] = connection.Key;
            env["ANTHROPIC_MODEL"] = connection.Model;
            // Its background calls ask for a small model by a name the gateway may not serve.
            env["ANTHROPIC_SMALL_FAST_MODEL"] = connection.Model;
            // Both credentials at once make it ask which to use.
            env.Remove("ANTHROPIC_API_KEY");
        }),
    ];

    public (string Path, string Body) Probe(Connection connection) => ("/v1/messages", new JsonObject
    {
        ["model"] = connection.Model,
        ["max_tokens"] = 16,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Say hello." }),
    }.ToJsonString());

    public string Start(Connection connection) => "claude";
}
