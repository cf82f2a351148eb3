using Microsoft.Extensions.Logging;

namespace Weir.Stores.Sqlite.Ledger;

/// <summary>What the ledger tells the log.</summary>
internal static partial class LedgerLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Count} attempts were left open by a process that died; settled as abandoned")]
    public static partial void Abandoned(ILogger log, long count);

    [LoggerMessage(2, LogLevel.Error, "Ledger: {Count} records cannot be written (try {Try}), will try again: {Reason}")]
    public static partial void WriteFailed(ILogger log, int count, int @try, string reason);

    [LoggerMessage(3, LogLevel.Critical, "Ledger: {Count} records are lost, the disk refused them until the end")]
    public static partial void Lost(ILogger log, int count);

    [LoggerMessage(4, LogLevel.Critical, "Ledger: {Count} records were refused by the database and are left out")]
    public static partial void Rejected(ILogger log, int count);
}
