namespace Weir.Stores.Secrets;

/// <summary>A text secret in a file of its own.</summary>
internal static class SecretFile
{
    /// <summary>The secret, without surrounding white space; made when the file is missing.</summary>
    public static string LoadOrCreate(string path, Func<string> create)
    {
        if (!File.Exists(path))
            TryCreate(path, create());
        PrivateFile.Restrict(path);
        return SecretStrength.Require(File.ReadAllText(path), path);
    }

    private static void TryCreate(string path, string secret)
    {
        // Written beside and moved, so that no other process ever reads half of it; the first one to move wins.
        string draft = $"{path}.{Environment.ProcessId}.tmp";
        File.Delete(draft);
        using (var stream = PrivateFile.Create(draft))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(secret + "\n"));
            stream.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
