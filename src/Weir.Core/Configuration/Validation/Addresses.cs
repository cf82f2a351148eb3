using System.Net;
using System.Net.Sockets;

namespace Weir.Core.Configuration.Validation;

/// <summary>What can be said of a host without asking DNS.</summary>
internal static class Addresses
{
    /// <summary>Loopback, private, link-local or unspecified address literals, and names that always mean them.</summary>
    public static bool IsPrivate(Uri url)
    {
        var host = url.IdnHost.TrimEnd('.');
        if (host is "localhost" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        if (!IPAddress.TryParse(host.Trim('[', ']'), out var address))
            return false;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.Equals(IPAddress.IPv6Any))
            return true;
        if (address.AddressFamily != AddressFamily.InterNetwork)
            return false;
        var b = address.GetAddressBytes();
        return b[0] is 0 or 10 or 127
            || (b[0] == 172 && b[1] is >= 16 and < 32)
            || (b[0] == 192 && b[1] == 168)
            || (b[0] == 169 && b[1] == 254)
            || (b[0] == 100 && b[1] is >= 64 and < 128);
    }

    /// <summary>A name without dots or within a cluster or company network (<c>vllm</c>, <c>vllm.ai.svc.cluster.local</c>).</summary>
    public static bool IsInternalName(Uri url) =>
        !url.IdnHost.Contains('.') || url.IdnHost.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
        || url.IdnHost.EndsWith(".internal", StringComparison.OrdinalIgnoreCase) || url.IdnHost.EndsWith(".svc", StringComparison.OrdinalIgnoreCase);
}
