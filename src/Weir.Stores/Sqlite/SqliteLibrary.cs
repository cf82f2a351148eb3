using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Weir.Stores.Sqlite;

/// <summary>
/// Chooses the native library once per process. The bundled one is SQLite 3.35.5 of 2021; the system's is newer, patched
/// by the distribution and has STRICT tables, so it is taken when present.
/// </summary>
internal static class SqliteLibrary
{
    private const string Bundled = "e_sqlite3";
    private static readonly Lazy<int> Loaded = new(Load);

    /// <summary>As in SQLite's own numbering: 3.40.1 is 3040001. The first call loads the library.</summary>
    public static int Version => Loaded.Value;

    /// <summary>STRICT tables came with 3.37.</summary>
    public static bool HasStrictTables => Version >= 3_037_000;

    private static int Load()
    {
        var provider = new SQLite3Provider_e_sqlite3();
        NativeLibrary.SetDllImportResolver(provider.GetType().Assembly, Resolve);
        raw.SetProvider(provider);
        // Memory statistics take a process-wide lock on every allocation, and nobody reads them.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        return raw.sqlite3_libversion_number();
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search)
    {
        if (name != Bundled)
            return 0;
        foreach (string system in (string[])["libsqlite3.so.0", "libsqlite3.dylib"])
        {
            if (NativeLibrary.TryLoad(system, out nint handle))
                return handle;
        }
        return 0;
    }
}
