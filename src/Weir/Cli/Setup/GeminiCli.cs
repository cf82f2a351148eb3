using System.Text;
using System.Text.Json.Nodes;

namespace Weir.Cli.Setup;

/// <summary>Gemini CLI: variables in <c>~/.gemini/.env</c>, the kind of sign-in and the model in <c>~/.gemini/settings.json</c> (<c>GEMINI_CLI_HOME</c> in place of the home directory).</summary>
internal sealed class GeminiCli : IAgentSettings
{
    private static readonly string[] Ours = ["GOOGLE_GEMINI_BASE_URL", "GEMINI_API_KEY"];

    public string Name => "gemini";
    public string DisplayName => "Gemini CLI";
    public IReadOnlyList<string> PreferredModels => ["gemini-2.5-pro", "gemini"];

    public IReadOnlyList<FileChange> Plan(UserFolders folders, Connection connection)
    {
        // The variable stands for the home directory, not for the folder in it.
        var folder = Path.Combine(folders.Of("GEMINI_CLI_HOME", ""), ".gemini");
        var variables = Path.Combine(folder, ".env");
        var before = SettingsFile.Read(variables);
        var after = new StringBuilder();
        foreach (var line in (before ?? "").Split('\n').Where(l => l.Length > 0 && !Ours.Any(name => l.StartsWith(name + "=", StringComparison.Ordinal))))
            after.Append(line).Append('\n');
        after.Append(Ours[0]).Append('=').Append(connection.At()).Append('\n').Append(Ours[1]).Append('=').Append(connection.Key).Append('\n');
        return
        [
            new FileChange(variables, before, after.ToString()),
            SettingsFile.EditJson(Path.Combine(folder, "settings.json"), root =>
            {
                SettingsFile.Section(SettingsFile.Section(root, "security"), "auth")["selectedType"] = "gemini-api-key";
                SettingsFile.Section(root, "model")["name"] = connection.Model;
            }),
        ];
    }

    public (string Path, string Body) Probe(Connection connection) => ($"/v1beta/models/{Uri.EscapeDataString(connection.Model)}:generateContent", new JsonObject
    {
        ["contents"] = new JsonArray(new JsonObject { ["role"] = "user", ["parts"] = new JsonArray(new JsonObject { ["text"] = "Say hello." }) }),
        ["generationConfig"] = new JsonObject { ["maxOutputTokens"] = 16 },
    }.ToJsonString());

    public string Start(Connection connection) => "gemini";
}
