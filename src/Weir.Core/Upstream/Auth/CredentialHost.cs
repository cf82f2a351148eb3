using System.Text;

namespace Weir.Core.Upstream.Auth;

/// <summary>What credential sources look at on the machine: environment variables and small files.</summary>
/// <param name="variables">Looks up an environment variable; the process's own when null.</param>
public sealed class CredentialHost(Func<string, string?>? variables = null)
{
    private const int MaxFileBytes = 1 << 20;
    private readonly Func<string, string?> _variables = variables ?? Environment.GetEnvironmentVariable;

    /// <summary>The variable's value, or null when it is not set or empty.</summary>
    public string? Variable(string name) => _variables(name) is { Length: > 0 } value ? value.Trim() : null;

    /// <summary>The file's text, or null when it does not exist.</summary>
    /// <exception cref="CredentialException">It exists and cannot be read.</exception>
    public static async Task<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
                return null;
            if (info.Length > MaxFileBytes)
                throw new CredentialException($"{path} is larger than 1 MiB");
            return await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CredentialException($"{path} cannot be read", e);
        }
    }

    /// <summary>The file's text without surrounding white space.</summary>
    /// <exception cref="CredentialException">It is missing, empty or cannot be read.</exception>
    public static async Task<string> ReadTokenAsync(string path, CancellationToken cancellationToken) =>
        (await ReadAsync(path, cancellationToken))?.Trim() is { Length: > 0 } token ? token : throw new CredentialException($"{path} does not exist or is empty");

    /// <summary>The user's home directory.</summary>
    public string Home => Variable("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
