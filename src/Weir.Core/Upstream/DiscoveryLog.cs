using Microsoft.Extensions.Logging;

namespace Weir.Core.Upstream;

/// <summary>Log lines about providers' own lists of models.</summary>
internal static partial class DiscoveryLog
{
    [LoggerMessage(1, LogLevel.Information, "Models of {Provider}: its list has {Count}, {Unpriced} of them without a known price, {Unknown} that nothing is known of")]
    public static partial void FirstList(ILogger log, string provider, int count, int unpriced, int unknown);

    [LoggerMessage(EventId = 2, Message = "Models of {Provider}: appeared {Appeared} (without a known price {Unpriced}; nothing known of {Unknown}); disappeared {Disappeared} (served here {Served})")]
    public static partial void Changed(ILogger log, LogLevel level, string provider, LoggedNames appeared, LoggedNames unpriced, LoggedNames unknown, LoggedNames disappeared, LoggedNames served);

    [LoggerMessage(3, LogLevel.Warning, "Models of {Provider}: no list ({Problem}); what was known of it stays, and it is asked again")]
    public static partial void NoList(ILogger log, string provider, string problem);
}
