using System.Net;
using System.Net.Sockets;
using Weir.Core.Upstream;
using Xunit;

namespace Weir.Core.Tests.Upstream;

public sealed class GuardedConnectorTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public GuardedConnectorTests() => _listener.Start();

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("0")]
    [InlineData("0.0.0.0")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("169.254.169.254")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("localhost.")]
    public async Task A_private_address_is_never_dialled_by_name_or_number(string host)
    {
        var e = await Assert.ThrowsAnyAsync<Exception>(async () => await GuardedConnector.ConnectAsync(new DnsEndPoint(host, Port), allowPrivate: false, Cancellation));

        // A name that this machine cannot resolve is refused as well, only earlier.
        Assert.True(e is HttpRequestException || e is SocketException, e.ToString());
        Assert.False(_listener.Pending());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("localhost")]
    public async Task An_operator_who_allows_private_networks_reaches_them(string host)
    {
        await using var stream = await GuardedConnector.ConnectAsync(new DnsEndPoint(host, Port), allowPrivate: true, Cancellation);

        using var accepted = await _listener.AcceptSocketAsync(Cancellation);
        await stream.WriteAsync("x"u8.ToArray(), Cancellation);
        Assert.Equal(1, await accepted.ReceiveAsync(new byte[8], Cancellation));
    }

    [Fact]
    public async Task The_refusal_names_the_host_and_the_setting()
    {
        var e = await Assert.ThrowsAsync<HttpRequestException>(async () => await GuardedConnector.ConnectAsync(new DnsEndPoint("10.0.0.1", 80), allowPrivate: false, Cancellation));

        Assert.Contains("10.0.0.1", e.Message, StringComparison.Ordinal);
        Assert.Contains("allowPrivateNetwork", e.Message, StringComparison.Ordinal);
        Assert.Equal(HttpRequestError.ConnectionError, e.HttpRequestError);
    }

    [Fact]
    public async Task A_refused_connection_leaves_no_socket_behind_and_says_so()
    {
        _listener.Stop();

        var e = await Assert.ThrowsAsync<SocketException>(async () => await GuardedConnector.ConnectAsync(new DnsEndPoint("127.0.0.1", Port0()), allowPrivate: true, Cancellation));

        Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
    }

    public void Dispose() => _listener.Dispose();

    private static int Port0()
    {
        using var once = new TcpListener(IPAddress.Loopback, 0);
        once.Start();
        return ((IPEndPoint)once.LocalEndpoint).Port;
    }
}
