namespace Weir.Stores.Sqlite.Ledger;

/// <summary>
/// Held while a process writes a ledger. Without it a second process would take the first one's open attempts for those
/// of a dead one. The operating system lets go of it when the process dies, however it dies.
/// </summary>
internal static class LedgerLock
{
    /// <exception cref="StoreException">Another process writes this ledger.</exception>
    public static FileStream Take(string databasePath)
    {
        string path = databasePath + ".lock";
        PrivateFile.EnsureExists(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw new StoreException($"Another Weir already writes {databasePath}. Stop it, or give this one a data directory of its own.", fault);
        }
    }
}
