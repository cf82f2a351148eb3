using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Azure;

/// <summary>The token source of an Azure configuration.</summary>
public static class AzureTokens
{
    public static ITokenSource Of(AzureAuth settings, ITokenTransport transport, CredentialHost host, TimeProvider time) =>
        settings.Source == AzureSource.ManagedIdentity
            ? new ManagedIdentityTokens(settings, transport, host, time)
            : new EntraTokens(settings, transport, host, time);
}
