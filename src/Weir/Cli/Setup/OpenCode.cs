using System.Text.Json.Nodes;

namespace Weir.Cli.Setup;

/// <summary>opencode: a provider in <c>~/.config/opencode/opencode.json</c> (<c>XDG_CONFIG_HOME</c>).</summary>
internal sealed class OpenCode : IAgentSettings
{
    public string Name => "opencode";
    public string DisplayName => "opencode";
    public IReadOnlyList<string> PreferredModels => ["gpt-5", "gpt-", "claude"];

    public IReadOnlyList<FileChange> Plan(UserFolders folders, Connection connection) =>
    [
        SettingsFile.EditJson(Path.Combine(folders.Of("XDG_CONFIG_HOME", ".config"), "opencode", "opencode.json"), root =>
        {
            root.TryAdd("$schema", "https://opencode.ai/config.json");
            root["model"] = $"weir/{connection.Model}";
            root["small_model"] = $"weir/{connection.Model}";
            var models = new JsonObject();
            foreach (var model in connection.Models.Append(connection.Model).Distinct(StringComparer.Ordinal))
                models[model] = new JsonObject { ["name"] = model };
            SettingsFile.Section(root, "provider")["weir"] = new JsonObject
            {
                ["npm"] = "@ai-sdk/openai-compatible",
                ["name"] = "Weir",
                ["options"] = new JsonObject { ["baseURL"] = connection.At("/v1"), ["apiKey"] = connection.Key },
                ["models"] = models,
            };
        }),
    ];

    public (string Path, string Body) Probe(Connection connection) => ("/v1/chat/completions", new JsonObject
    {
        ["model"] = connection.Model,
        ["max_tokens"] = 16,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Say hello." }),
    }.ToJsonString());

    public string Start(Connection connection) => "opencode";
}
