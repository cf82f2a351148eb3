using Weir.Core.Errors;
using Weir.Core.Identity;

namespace Weir.Core.Spine.Steps;

/// <summary>Step 2: the credential the client sent → the caller. Leaves with: <see cref="Exchange.Caller"/>.</summary>
public sealed class Identify(IKeyDirectory keys, TimeProvider time)
{
    public GatewayError? Run(Exchange exchange)
    {
        var client = exchange.Client;
        var credential = CredentialExtractor.Extract(client.Header("Authorization"), client.Header("x-api-key"),
            client.Header("x-goog-api-key"), client.Header("api-key"));
        if (credential.IsConflict)
            return GatewayErrors.ConflictingKeys;
        if (credential.IsMissing)
            return GatewayErrors.MissingKey;

        if (keys.Find(credential.Secret) is not { } key)
            return GatewayErrors.UnknownKey;
        if (key.RevokedAt is not null)
            return GatewayErrors.RevokedKey;
        if (key.ExpiresAt is { } expiry && expiry <= time.GetUtcNow())
            return GatewayErrors.ExpiredKey;

        exchange.Caller = new Caller(key.Tenant, key.Team, key);
        return null;
    }
}
