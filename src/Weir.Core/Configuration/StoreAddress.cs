using System.Globalization;

namespace Weir.Core.Configuration;

/// <summary>Where a store listens.</summary>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Port">TCP port.</param>
public sealed record StoreAddress(string Host, int Port)
{
    private const int RedisPort = 6379;

    /// <summary>Reads <c>host</c>, <c>host:port</c>, <c>[address]</c> or <c>[address]:port</c>; null = something else.</summary>
    public static StoreAddress? Parse(string text)
    {
        var (host, port) = Split(text);
        var kind = Uri.CheckHostName(host);
        if (kind == UriHostNameType.Unknown || (kind == UriHostNameType.IPv6) != text.StartsWith('['))
            return null;
        if (port is null)
            return new StoreAddress(host, RedisPort);
        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? new StoreAddress(host, number) : null;
    }

    private static (string Host, string? Port) Split(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
            return (text[1..end], end + 1 == text.Length ? null : text[end + 1] == ':' ? text[(end + 2)..] : "");
        var colon = text.LastIndexOf(':');
        return colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
