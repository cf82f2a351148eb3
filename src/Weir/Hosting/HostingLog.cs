using Microsoft.Extensions.Logging;

namespace Weir.Hosting;

/// <summary>Log lines of the listeners.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(1, LogLevel.Information, "TLS: the certificate {File} was replaced; the new one is valid until {Until:u}")]
    public static partial void CertificateReplaced(ILogger logger, string file, DateTime until);

    [LoggerMessage(2, LogLevel.Warning, "TLS: the new certificate {File} cannot be used, the last good one stays in use: {Reason}")]
    public static partial void CertificateRefused(ILogger logger, string file, string reason);
}
