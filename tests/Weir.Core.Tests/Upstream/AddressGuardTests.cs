using System.Net;
using Weir.Core.Upstream;
using Xunit;

namespace Weir.Core.Tests.Upstream;

public sealed class AddressGuardTests
{
    public static TheoryData<string> Forbidden =>
    [
        // this network, loopback
        "0.0.0.0", "0.0.0.1", "0.255.255.255", "127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.255",
        // private
        "10.0.0.0", "10.0.0.1", "10.255.255.255", "172.16.0.0", "172.16.0.1", "172.20.10.5", "172.31.255.255", "192.168.0.0", "192.168.0.1", "192.168.255.255",
        // shared (CGNAT), Alibaba's metadata
        "100.64.0.0", "100.64.0.1", "100.100.100.200", "100.127.255.255",
        // link-local and metadata
        "169.254.0.0", "169.254.169.254", "169.254.170.2", "169.254.170.23", "169.254.255.255", "168.63.129.16", "192.0.0.192",
        // reserved, documentation, benchmarking, multicast, broadcast
        "192.0.0.0", "192.0.0.8", "192.0.0.255", "192.0.2.0", "192.0.2.1", "192.0.2.255", "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.0", "198.51.100.255",
        "203.0.113.0", "203.0.113.255", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.254", "255.255.255.255",
        // other spellings that an address parser takes
        "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.1", "127.0.1", "10.1", "0xa9fea9fe", "2852039166", "0xA9.0xFE.0xA9.0xFE", "0251.0376.0251.0376", "192.168.257", "0",
        // IPv6: unspecified, loopback, compatible, local, site, multicast
        "::", "::1", "0:0:0:0:0:0:0:1", "::2", "::7f00:1", "::127.0.0.1", "::10.0.0.1", "fe80::1", "fe80::a9fe:a9fe", "febf::1", "fec0::1", "feff::1", "fc00::1", "fd00::1",
        "fd00:ec2::254", "fdff:ffff::1", "ff00::1", "ff02::1", "ff0e::1",
        // IPv6: documentation, discard, Teredo, ORCHID, benchmarking, SRv6, local NAT64
        "2001:db8::1", "2001:db8:ffff::1", "3fff::1", "3fff:fff::1", "100::1", "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1", "2001:2::1", "2001:1ff::1", "5f00::1",
        "64:ff9b:1::1", "64:ff9b:1:ffff::7f00:1", "4000::1", "8000::1", "e000::1", "1::1", "200::1",
        // IPv4 inside IPv6
        "::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:192.168.1.1", "::ffff:100.64.0.1", "::ffff:0.0.0.0", "::ffff:172.16.0.1",
        "::ffff:0:127.0.0.1", "::ffff:0:10.0.0.1", "0:0:0:0:0:ffff:7f00:0001",
        "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::192.168.0.1", "64:ff9b::100.64.0.1",
        "2002:7f00:1::", "2002:7f00:1::1", "2002:a00:1::1", "2002:a9fe:a9fe::", "2002:c0a8:1::1", "2002:6440:1::", "2002:ac10:1::1",
        // with a scope
        "fe80::1%1", "fe80::1%2",
    ];

    public static TheoryData<string> Public =>
    [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1", "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.0",
        "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.0.3.1", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "198.51.99.255", "203.0.112.1", "223.255.255.255",
        "2606:4700::1111", "2a00:1450::1", "2001:4860:4860::8888", "2001:200::1", "2620:fe::fe", "3ffe::1", "2003::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
    ];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void An_address_that_is_not_on_the_open_internet_is_refused_however_it_is_spelt(string text) =>
        Assert.False(AddressGuard.IsPublic(IPAddress.Parse(text)), $"{text} = {IPAddress.Parse(text)}");

    [Theory]
    [MemberData(nameof(Public))]
    public void An_ordinary_address_is_allowed(string text) => Assert.True(AddressGuard.IsPublic(IPAddress.Parse(text)), text);

    [Fact]
    public void There_are_at_least_120_forbidden_vectors() => Assert.True(Forbidden.Count >= 120, $"{Forbidden.Count}");
}
