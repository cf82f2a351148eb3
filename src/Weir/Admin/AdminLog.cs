using Microsoft.Extensions.Logging;

namespace Weir.Admin;

/// <summary>Log lines of the admin API.</summary>
internal static partial class AdminLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void Failed(ILogger logger, string method, string path, Exception exception);
}
