namespace Weir.Stores;

/// <summary>Files and directories that only their owner may read.</summary>
public static class PrivateFile
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryMode700 = FileMode600 | UnixFileMode.UserExecute;

    /// <summary>Makes an empty file when there is none, and takes away everyone else's rights when there are some.</summary>
    public static void EnsureExists(string path)
    {
        if (!File.Exists(path))
        {
            try
            {
                Create(path).Dispose();
                return;
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process was quicker.
            }
        }
        Restrict(path);
    }

    /// <summary>A new file of ours; throws <see cref="IOException"/> when it exists.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = FileMode600;
        return new FileStream(path, options);
    }

    /// <summary>Repairs the rights of a file, or refuses it when that is not ours to do.</summary>
    public static void Restrict(string path)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & ~FileMode600) == 0)
            return;
        try
        {
            File.SetUnixFileMode(path, FileMode600);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new StoreException($"{path} can be read by others and its rights cannot be changed (run: chmod 600 {path}).", fault);
        }
    }

    /// <summary>
    /// Makes the directory, or takes others' rights away. A directory that is not ours (a volume with a group id, say) is
    /// left as it is: the files in it are still private.
    /// </summary>
    public static void EnsureDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, DirectoryMode700);
            return;
        }
        if ((File.GetUnixFileMode(path) & ~DirectoryMode700) == 0)
            return;
        try
        {
            File.SetUnixFileMode(path, DirectoryMode700);
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
        }
    }
}
