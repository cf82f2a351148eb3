using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weir.Cli.Setup;

/// <summary>
/// Codex: a model provider in <c>~/.codex/config.toml</c> (<c>CODEX_HOME</c>). Lines of the user's own that would contradict are kept as
/// comments; everything Weir adds stands between two marks.
/// </summary>
internal sealed partial class Codex : IAgentSettings
{
    private const string Begin = "# >>> weir";
    private const string End = "# <<< weir";
    private const string Saved = "# weir-saved: ";

    public string Name => "codex";
    public string DisplayName => "Codex";
    public IReadOnlyList<string> PreferredModels => ["gpt-5", "gpt-", "o"];

    public IReadOnlyList<FileChange> Plan(UserFolders folders, Connection connection)
    {
        var path = Path.Combine(folders.Of("CODEX_HOME", ".codex"), "config.toml");
        var before = SettingsFile.Read(path);
        var (head, tables) = Split(Without(before ?? ""));
        var text = new StringBuilder();
        // Keys of the root table must come before the first table.
        text.AppendLine(Begin).Append("model = ").AppendLine(Quote(connection.Model)).AppendLine("model_provider = \"weir\"").AppendLine(End);
        foreach (var line in head)
            text.Append(RootKey().IsMatch(line) ? Saved : "").AppendLine(line);
        foreach (var line in tables)
            text.AppendLine(line);
        text.AppendLine(Begin).AppendLine("[model_providers.weir]").AppendLine("name = \"Weir\"")
            .Append("base_url = ").AppendLine(Quote(connection.At("/v1"))).AppendLine("wire_api = \"responses\"")
            .Append("experimental_bearer_token = ").AppendLine(Quote(connection.Key)).AppendLine(End);
        return [new FileChange(path, before, text.ToString().ReplaceLineEndings("\n"))];
    }

    public (string Path, string Body) Probe(Connection connection) => ("/v1/responses", new JsonObject
    {
        ["model"] = connection.Model,
        ["max_output_tokens"] = 16,
        ["store"] = false,
        ["input"] = "Say hello.",
    }.ToJsonString());

    public string Start(Connection connection) => "codex";

    /// <summary>The file as it was before an earlier setup.</summary>
    private static List<string> Without(string text)
    {
        var lines = new List<string>();
        var ours = false;
        foreach (var line in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (line == Begin)
                ours = true;
            else if (line == End)
                ours = false;
            else if (!ours)
                lines.Add(line.StartsWith(Saved, StringComparison.Ordinal) ? line[Saved.Length..] : line);
        }
        return lines is [""] ? [] : lines;
    }

    private static (List<string> Head, List<string> Tables) Split(List<string> lines)
    {
        var first = lines.FindIndex(l => l.TrimStart().StartsWith('['));
        return first < 0 ? (lines, []) : (lines[..first], lines[first..]);
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^\s*(model|model_provider)\s*=")]
    private static partial Regex RootKey();
}
