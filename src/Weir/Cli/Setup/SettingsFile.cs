using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Cli.Setup;

/// <summary>Reads and edits settings files of other programs without losing what is in them.</summary>
internal static class SettingsFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text, or null when there is no file.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failed, "settings_unreadable", $"{path} cannot be read: {e.Message}", "Use --print to see the settings and place them by hand.", e);
        }
    }

    /// <summary>A JSON settings file with <paramref name="edit"/> made to its object.</summary>
    public static FileChange EditJson(string path, Action<JsonObject> edit)
    {
        var before = Read(path);
        JsonObject root;
        try
        {
            root = string.IsNullOrWhiteSpace(before) ? [] : JsonNode.Parse(before)!.AsObject();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Comments would be lost by writing it anew, and broken JSON made worse.
            throw new CliException(ExitCode.Failed, "settings_not_json", $"{path} is not a plain JSON object ({e.Message}).",
                "Use --print to see the settings and place them by hand.", e);
        }
        edit(root);
        return new FileChange(path, before, root.ToJsonString(Indented) + "\n");
    }

    /// <summary>The object under <paramref name="name"/>, made when it is missing.</summary>
    public static JsonObject Section(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject section)
            return section;
        section = [];
        parent[name] = section;
        return section;
    }
}
