using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Weir.Stores.Redis;

/// <summary>Opens connections to a Redis server.</summary>
public sealed class RedisConnector(SharedStateSettings settings) : ISharedStateConnector
{
    private const int PatienceMs = 3000;

    public string Address => settings.ToString();

    public async Task<ISharedState> ConnectAsync(Action<string> heard)
    {
        ConnectionMultiplexer connection;
        try
        {
            connection = await ConnectionMultiplexer.ConnectAsync(Options());
        }
        catch (Exception e) when (e is RedisException or TimeoutException or IOException or AuthenticationException or System.Net.Sockets.SocketException or ArgumentException)
        {
            throw new StoreException(Reason(e), e);
        }
        try
        {
            return await RedisState.ListenAsync(connection, settings.Prefix, heard);
        }
        catch
        {
            await Task.Run(connection.Dispose);
            throw;
        }
    }

    /// <summary>What went wrong, in words that hold no secret: the library's own messages can quote what was sent.</summary>
    internal static string Reason(Exception e) => e switch
    {
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => "it does not take the password",
        RedisConnectionException { FailureType: var type } when type != ConnectionFailureType.None => $"no connection: {type}",
        RedisServerException server when server.Message.StartsWith("NOAUTH", StringComparison.Ordinal) => "it wants a password",
        RedisServerException server when server.Message.StartsWith("NOPERM", StringComparison.Ordinal) => "the user may not do this",
        TimeoutException => "no answer in time",
        _ => e.GetType().Name,
    };

    private ConfigurationOptions Options()
    {
        var options = new ConfigurationOptions
        {
            AbortOnConnectFail = true,
            AllowAdmin = false,
            ClientName = "weir",
            ConnectRetry = 1,
            ConnectTimeout = PatienceMs,
            SyncTimeout = PatienceMs,
            KeepAlive = 10,
            Password = settings.Password,
            Ssl = settings.Tls,
            // Neither channels nor keys of the library's own in a server that others use too.
            ConfigurationChannel = "",
            TieBreaker = "",
        };
        options.EndPoints.Add(IPAddress.TryParse(settings.Host, out var address) ? new IPEndPoint(address, settings.Port) : new DnsEndPoint(settings.Host, settings.Port));
        if (!settings.Tls)
            return options;
        options.SslHost = settings.Host;
        options.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        if (settings.Authorities is { } pem)
            options.CertificateValidation += (_, certificate, chain, errors) => IsTrusted(pem, certificate, chain, errors);
        return options;
    }

    // As the system would decide, with other roots: the name must fit, and the chain must end in one of them.
    private static bool IsTrusted(string pem, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(pem);
        foreach (var link in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(link.Certificate);
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(leaf);
    }
}
