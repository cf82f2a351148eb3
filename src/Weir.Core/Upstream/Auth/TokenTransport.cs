using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Weir.Core.Upstream.Auth;

/// <summary>Token calls over HTTP: one pool per reach, every connection through the guarded connector, no proxy, no redirects.</summary>
public sealed class TokenTransport : ITokenTransport, IDisposable
{
    private const int MaxReplyBytes = 256 << 10;
    private readonly ConcurrentDictionary<TokenReach, Lazy<HttpMessageInvoker>> _pools = new();

    public async Task<TokenReply> SendAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(request.Method, request.Url);
        foreach (var (name, value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (request.Form is not null)
            message.Content = new FormUrlEncodedContent(request.Form);
        else if (request.Json is not null)
            message.Content = new StringContent(request.Json, Encoding.UTF8, "application/json");
        try
        {
            var pool = _pools.GetOrAdd(request.Reach, static reach => new Lazy<HttpMessageInvoker>(() => Make(reach))).Value;
            using var response = await pool.SendAsync(message, cancellationToken);
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var body = new MemoryStream();
            var chunk = new byte[8192];
            int count;
            while ((count = await stream.ReadAsync(chunk, cancellationToken)) > 0)
            {
                body.Write(chunk, 0, count);
                if (body.Length > MaxReplyBytes)
                    throw new CredentialException($"the answer of {request.Url.Host} is too large");
            }
            return new TokenReply((int)response.StatusCode, Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or System.Net.Sockets.SocketException)
        {
            var why = e is OperationCanceledException ? "did not answer in time" : $"could not be reached ({e.Message})";
            throw new CredentialException($"{request.Url.Host} {why}", e);
        }
    }

    public void Dispose()
    {
        foreach (var pool in _pools.Values)
            pool.Value.Dispose();
        _pools.Clear();
    }

    private static HttpMessageInvoker Make(TokenReach reach) => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ActivityHeadersPropagator = null,
        // A metadata service is one hop away or absent.
        ConnectTimeout = reach == TokenReach.Public ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = (context, cancellation) =>
            GuardedConnector.ConnectAsync(context.DnsEndPoint, address => TokenRequest.Allows(reach, address), cancellation),
    });
}
