using System.Security.Cryptography;

namespace Weir.Admin;

/// <summary>The token file <c>DATA/admin.token</c>, readable by its owner only.</summary>
public static class AdminToken
{
    public const string FileName = "admin.token";

    /// <summary>Environment variable that overrides the file, for server and command line alike.</summary>
    public const string Variable = "WEIR_ADMIN_TOKEN";

    /// <summary>The token of an installation: from the environment, else the file, which is made on first use.</summary>
    /// <exception cref="IOException">The file cannot be read or made.</exception>
    public static string LoadOrCreate(string dataDirectory, Func<string, string?> variable)
    {
        if (variable(Variable) is { Length: > 0 } given)
            return given.Trim();
        var path = Path.Combine(dataDirectory, FileName);
        if (TryRead(path) is { } existing)
            return existing;
        Directory.CreateDirectory(dataDirectory);
        var token = "wa-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(token);
        return token;
    }

    /// <summary>The token for a client, or null when there is none.</summary>
    public static string? Find(string dataDirectory, Func<string, string?> variable) =>
        variable(Variable) is { Length: > 0 } given ? given.Trim() : TryRead(Path.Combine(dataDirectory, FileName));

    private static string? TryRead(string path)
    {
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path).Trim();
        return text.Length == 0 ? null : text;
    }
}
