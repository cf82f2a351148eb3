using Microsoft.Extensions.Logging;

namespace Weir.Stores.Redis;

/// <summary>Log lines of the shared store.</summary>
internal static partial class SharedHealthLog
{
    [LoggerMessage(1, LogLevel.Information, "Shared state: {Address} is there; health of targets is shared with the other replicas")]
    public static partial void Found(ILogger logger, string address);

    [LoggerMessage(2, LogLevel.Warning, "Shared state: {Address} cannot be used ({Reason}); this replica goes on with what it finds out itself, and tries again")]
    public static partial void Missed(ILogger logger, string address, string reason);
}
