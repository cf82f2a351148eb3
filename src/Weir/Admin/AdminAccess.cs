using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Admin;

/// <summary>Who may use the admin listener: the token's digest, the host names it answers to, and whether it is bound to loopback.</summary>
public sealed class AdminAccess
{
    private readonly byte[] _tokenDigest;

    /// <param name="token">The admin token; only its SHA-256 is kept.</param>
    /// <param name="allowedHosts">Host names besides the loopback ones.</param>
    /// <param name="loopbackOnly">The listener is bound to loopback, so <c>/metrics</c> needs no token.</param>
    public AdminAccess(string token, IEnumerable<string> allowedHosts, bool loopbackOnly)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(token);
        _tokenDigest = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        AllowedHosts = new HashSet<string>(["localhost", "127.0.0.1", "[::1]", .. allowedHosts], StringComparer.OrdinalIgnoreCase);
        LoopbackOnly = loopbackOnly;
    }

    public IReadOnlySet<string> AllowedHosts { get; }

    public bool LoopbackOnly { get; }

    /// <summary>Compares in constant time; equal-length digests hide the token's length too.</summary>
    public bool IsToken(ReadOnlySpan<char> candidate)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(candidate.Length)];
        var length = Encoding.UTF8.GetBytes(candidate, bytes);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.AsSpan(0, length), digest);
        return CryptographicOperations.FixedTimeEquals(digest, _tokenDigest);
    }

    /// <summary>Whether a listen address such as <c>127.0.0.1:8081</c> or <c>localhost:8081</c> is loopback.</summary>
    public static bool IsLoopback(string listen)
    {
        var host = listen.Contains("://", StringComparison.Ordinal) ? new Uri(listen).Host : HostPart(listen);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }

    private static string HostPart(string listen)
    {
        var colon = listen.LastIndexOf(':');
        return colon > listen.LastIndexOf(']') ? listen[..colon] : listen;
    }
}
