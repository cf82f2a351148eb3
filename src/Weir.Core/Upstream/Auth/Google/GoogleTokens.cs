using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Google;

/// <summary>The token source of a Google configuration.</summary>
public static class GoogleTokens
{
    public static ITokenSource Of(GoogleAuth settings, ITokenTransport transport, CredentialHost host, TimeProvider time) => settings.Source switch
    {
        GoogleSource.ServiceAccount => new ServiceAccountTokens(settings, transport, time),
        GoogleSource.WorkloadIdentity => new ExternalAccountTokens(settings, transport, time),
        _ => new MetadataTokens(settings, transport, host, time),
    };
}
