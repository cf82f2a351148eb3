namespace Weir.Testing;

/// <summary>The repository that the tests run from.</summary>
public static class Repository
{
    /// <summary>The folder that holds Weir.slnx.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file of the repository as text, with line feeds whatever the check-out wrote.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Weir.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
