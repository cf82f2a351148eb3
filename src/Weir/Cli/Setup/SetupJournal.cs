using System.Text.Json;

namespace Weir.Cli.Setup;

/// <summary>
/// What setup changed, so that it can be undone: one file per agent in the data directory's <c>setup</c> folder, readable by
/// its owner only, because settings files hold keys.
/// </summary>
internal sealed class SetupJournal(string dataDirectory, string agent)
{
    private string FilePath => Path.Combine(dataDirectory, "setup", agent + ".json");

    /// <summary>Writes the files; remembers how they were before the first setup.</summary>
    public void Apply(IReadOnlyList<FileChange> changes)
    {
        var known = Read();
        // A second setup must not take the first one's work for the original.
        var entries = changes.Select(c => new Entry(c.Path, Original(known, c), c.After)).ToArray();
        Weir.Stores.PrivateFile.EnsureDirectory(Path.GetDirectoryName(FilePath)!);
        Replace(FilePath, JsonSerializer.Serialize(entries, JournalJson.Default.EntryArray));
        foreach (var change in changes)
            Replace(change.Path, change.After);
    }

    /// <summary>Puts the files back as they were; the paths that were restored, and those that somebody changed since and are left alone.</summary>
    public (IReadOnlyList<string> Restored, IReadOnlyList<string> Changed) Undo()
    {
        List<string> restored = [], changed = [];
        var left = new List<Entry>();
        foreach (var entry in Read())
        {
            if (SettingsFile.Read(entry.Path) != entry.After)
            {
                changed.Add(entry.Path);
                left.Add(entry);
                continue;
            }
            if (entry.Before is null)
                File.Delete(entry.Path);
            else
                Replace(entry.Path, entry.Before);
            restored.Add(entry.Path);
        }
        if (left.Count > 0)
            Replace(FilePath, JsonSerializer.Serialize([.. left], JournalJson.Default.EntryArray));
        else
            File.Delete(FilePath);
        return (restored, changed);
    }

    /// <summary>There is something to undo.</summary>
    public bool Exists => File.Exists(FilePath);

    private static string? Original(Entry[] known, FileChange change) =>
        known.FirstOrDefault(e => e.Path == change.Path) is { } entry && entry.After == change.Before ? entry.Before : change.Before;

    private Entry[] Read()
    {
        try
        {
            return File.Exists(FilePath) ? JsonSerializer.Deserialize(File.ReadAllText(FilePath), JournalJson.Default.EntryArray) ?? [] : [];
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCode.Failed, "journal_unreadable", $"{FilePath} is damaged.", "Remove it; the settings files then have to be put back by hand.", e);
        }
    }

    /// <summary>Whole or not at all, and private: the text holds a key.</summary>
    private static void Replace(string path, string text)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var draft = path + ".weir-new";
            File.Delete(draft);
            using (var stream = Weir.Stores.PrivateFile.Create(draft))
                stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failed, "settings_not_written", $"{path} cannot be written: {e.Message}", "Use --print to see the settings and place them by hand.", e);
        }
    }

    internal sealed record Entry(string Path, string? Before, string After);
}
