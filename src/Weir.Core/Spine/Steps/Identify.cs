using Microsoft.Extensions.Primitives;
using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Spine.Sessions;

namespace Weir.Core.Spine.Steps;

/// <summary>Step 2: the credential the client sent → the caller. Leaves with: <see cref="Exchange.Caller"/>, <see cref="Exchange.Labels"/>.</summary>
public sealed class Identify(IKeyDirectory keys, TimeProvider time)
{
    public GatewayError? Run(Exchange exchange)
    {
        var (caller, error) = Recognise(exchange.Client, exchange.Dialect.KeyQueryMember);
        exchange.Caller = caller;
        if (caller is null)
            return error;
        (exchange.Labels, var refused) = CallLabels.Read(exchange.Client, exchange.Snapshot, caller);
        return refused;
    }

    /// <summary>The caller behind a request, or why there is none.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="keyQueryMember">Query member that may hold the key, or null.</param>
    public (Caller? Caller, GatewayError? Error) Recognise(IClientChannel client, string? keyQueryMember = null)
    {
        var credential = CredentialExtractor.Extract(client.Header("Authorization"), client.Header("x-api-key"),
            client.Header("x-goog-api-key"), StringValues.Concat(client.Header("api-key"), SessionCredential.Find(client)), QueryCredential.Find(client.Query, keyQueryMember));
        if (credential.State == CredentialState.Conflict)
            return (null, GatewayErrors.ConflictingKeys);
        if (credential.State == CredentialState.Missing)
            return (null, GatewayErrors.MissingKey);

        if (credential.State == CredentialState.Malformed)
            return (null, GatewayErrors.UnknownKey);

        if (keys.Find(credential.Secret.Span) is not { } key)
            return (null, GatewayErrors.UnknownKey);
        return KeyCheck.Verify(key, time.GetUtcNow()) switch
        {
            KeyState.Revoked => (null, GatewayErrors.RevokedKey),
            KeyState.Expired => (null, GatewayErrors.ExpiredKey),
            _ => (new Caller(key.Tenant, key.Team, key), null),
        };
    }
}
