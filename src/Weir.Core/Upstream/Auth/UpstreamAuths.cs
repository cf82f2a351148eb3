using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Weir.Core.Providers;
using Weir.Core.Upstream.Auth.Aws;
using Weir.Core.Upstream.Auth.Azure;
using Weir.Core.Upstream.Auth.Google;

namespace Weir.Core.Upstream.Auth;

/// <summary>Makes what authenticates at first use, and keeps it over reloads while the settings stay the same.</summary>
public sealed class UpstreamAuths(ITokenTransport transport, CredentialHost host, TimeProvider time, SharedCredentials? shared = null) : IUpstreamAuths
{
    private readonly ConditionalWeakTable<UpstreamCredential, IUpstreamAuth> _byCredential = [];
    private readonly ConcurrentDictionary<AuthSettings, Lazy<IUpstreamAuth>> _bySettings = new();
    private readonly ConcurrentDictionary<string, CredentialPool> _pools = new(StringComparer.Ordinal);

    public IUpstreamAuth For(UpstreamCredential credential)
    {
        // By reference first: secrets are not hashed on every call, and fixed headers go with their snapshot.
        if (_byCredential.TryGetValue(credential, out var known))
            return known;
        return _byCredential.GetValue(credential, c => c.Settings is HeaderAuth header
            ? new HeaderUpstreamAuth(header)
            : _bySettings.GetOrAdd(c.Settings, s => new Lazy<IUpstreamAuth>(() => Make(s))).Value);
    }

    public UpstreamCredential? Choose(Provider provider, IReadOnlyCollection<UpstreamCredential> spent)
    {
        var credentials = provider.Credentials;
        if (credentials.Count <= 1)
            return credentials.Count == 0 || spent.Contains(credentials[0]) ? null : credentials[0];
        return PoolOf(provider).Choose(credentials, spent);
    }

    public void Pause(Provider provider, UpstreamCredential credential, int status, TimeSpan? retryAfter)
    {
        if (provider.Credentials.Count > 1)
            PoolOf(provider).Pause(credential, status, retryAfter);
    }

    public void Accept(Provider provider, UpstreamCredential credential)
    {
        if (provider.Credentials.Count > 1)
            PoolOf(provider).Accept(credential);
    }

    public void TryAgain(Provider provider, UpstreamCredential credential)
    {
        if (provider.Credentials.Count > 1)
            PoolOf(provider).TryAgain(credential);
    }

    private CredentialPool PoolOf(Provider provider) =>
        _pools.GetOrAdd(provider.Name, static (name, all) => new CredentialPool(all.time, name, all.shared), (time, shared));

    private IUpstreamAuth Make(AuthSettings settings) => settings switch
    {
        AwsAuth aws => new AwsUpstreamAuth(aws, KeySource(aws), time),
        AzureAuth azure => new BearerUpstreamAuth(AzureTokens.Of(azure, transport, host, time), time),
        GoogleAuth google => new BearerUpstreamAuth(GoogleTokens.Of(google, transport, host, time), time),
        HeaderAuth header => new HeaderUpstreamAuth(header),
        _ => throw new NotSupportedException($"No way to authenticate with {settings.GetType().Name}."),
    };

    private IAwsKeySource KeySource(AwsAuth aws)
    {
        var sts = new StsClient(aws.Region, transport, host, time);
        return aws.Source switch
        {
            AwsSource.Profile => new ProfileKeySource(aws, host, sts, time),
            AwsSource.WebIdentity => new WebIdentityKeySource(aws, host, sts),
            AwsSource.Container => new ContainerKeySource(transport, host),
            AwsSource.Instance => new InstanceKeySource(transport, host),
            _ => new StaticKeySource(aws, host),
        };
    }
}
