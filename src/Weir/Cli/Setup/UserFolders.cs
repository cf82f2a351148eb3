namespace Weir.Cli.Setup;

/// <summary>Where coding agents keep their settings: below the home directory, or where a variable of theirs says.</summary>
/// <param name="Home">The user's home directory.</param>
/// <param name="Variable">Looks up an environment variable.</param>
internal sealed record UserFolders(string Home, Func<string, string?> Variable)
{
    /// <summary>The folder that <paramref name="variable"/> names, or <paramref name="otherwise"/> below the home directory.</summary>
    public string Of(string variable, string otherwise) =>
        Variable(variable) is { } named && named.Trim() is { Length: > 0 } folder ? Path.GetFullPath(folder) : Path.Combine(Home, otherwise);
}
