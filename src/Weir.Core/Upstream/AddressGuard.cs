using System.Net;
using System.Net.Sockets;

namespace Weir.Core.Upstream;

/// <summary>Tells public addresses from private, loopback, link-local (cloud metadata), shared and reserved ones.</summary>
public static class AddressGuard
{
    // IANA special-purpose registries; IPv6 forms that embed an IPv4 address are unwrapped first.
    private static readonly IPNetwork[] Forbidden =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"),
        // 168.63.129.16 is public by number and Azure's platform agent by use.
        IPNetwork.Parse("168.63.129.16/32"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"),
        IPNetwork.Parse("224.0.0.0/4"), IPNetwork.Parse("240.0.0.0/4"),
        IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("3fff::/20"),
    ];

    /// <summary>All of IPv6 that is handed out for use on the Internet; whatever lies outside is special.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>True when the address may be dialled without the operator naming it.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = Unwrap(address);
        if (plain.AddressFamily == AddressFamily.InterNetworkV6 && !GlobalUnicast.Contains(plain))
            return false;
        return !Array.Exists(Forbidden, n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain));
    }

    /// <summary>
    /// True for the addresses on which clouds give out credentials: 169.254.169.254 (all), 169.254.170.2 and .23 (AWS
    /// containers), 169.254.129.x (Azure App Service), and AWS's IPv6 forms fd00:ec2::254 and ::23.
    /// </summary>
    public static bool IsMetadata(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return MetadataServices.Any(n => n.BaseAddress.AddressFamily == plain.AddressFamily && n.Contains(plain));
    }

    private static readonly IPNetwork[] MetadataServices =
    [
        IPNetwork.Parse("169.254.169.254/32"), IPNetwork.Parse("169.254.170.2/32"), IPNetwork.Parse("169.254.170.23/32"),
        IPNetwork.Parse("169.254.129.0/24"), IPNetwork.Parse("fd00:ec2::254/128"), IPNetwork.Parse("fd00:ec2::23/128"),
    ];

    private static IPAddress Unwrap(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();

        var bytes = address.GetAddressBytes();
        // 64:ff9b::/96 (NAT64, RFC 6052) carries the IPv4 address in its last four bytes, 2002::/16 (6to4) after the prefix.
        if (bytes.AsSpan(0, 12).SequenceEqual((ReadOnlySpan<byte>)[0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]))
            return new IPAddress(bytes.AsSpan(12, 4));
        if (bytes[0] == 0x20 && bytes[1] == 0x02)
            return new IPAddress(bytes.AsSpan(2, 4));
        return address;
    }
}
