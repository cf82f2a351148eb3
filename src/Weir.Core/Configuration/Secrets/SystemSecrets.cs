using System.Text;
using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Secrets;

/// <summary>Secrets from the process environment and from files relative to a directory.</summary>
/// <param name="directory">Directory that relative paths start from.</param>
/// <param name="variables">Looks up an environment variable; the process's own when null.</param>
public sealed class SystemSecrets(string directory, Func<string, string?>? variables = null) : ISecretSource
{
    private const int MaxFileBytes = 64 << 10;
    private const int MaxTextBytes = 4 << 20;
    private readonly Func<string, string?> _variables = variables ?? Environment.GetEnvironmentVariable;

    public SecretReading Read(SecretRef reference)
    {
        if (reference.FromEnv is { } name)
            return _variables(name) is { } value ? SecretReading.Found(value) : SecretReading.Missing("is not set");
        var path = PathOf(reference.FromFile ?? "");
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
                return SecretReading.Missing(Directory.Exists(path) ? "is a directory" : "does not exist");
            return info.Length > MaxFileBytes
                ? SecretReading.Missing("is larger than 64 KiB")
                : SecretReading.Found(File.ReadAllText(path, Encoding.UTF8));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return SecretReading.Missing("cannot be read");
        }
    }

    public string PathOf(string file) => Path.Combine(directory, file);

    public string? ReadText(string file)
    {
        try
        {
            var info = new FileInfo(PathOf(file));
            return info.Exists && info.Length <= MaxTextBytes ? File.ReadAllText(info.FullName, Encoding.UTF8) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public bool FileExists(string file) => File.Exists(PathOf(file));
}
