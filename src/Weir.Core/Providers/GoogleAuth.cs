namespace Weir.Core.Providers;

/// <summary>OAuth access tokens of Google Cloud.</summary>
/// <param name="Source">How a token is obtained.</param>
/// <param name="Scope">OAuth scope, for example <c>https://www.googleapis.com/auth/cloud-platform</c>.</param>
public sealed record GoogleAuth(GoogleSource Source, string Scope) : AuthSettings
{
    /// <summary>The JSON document of a service account key or of an external account; null for the metadata server.</summary>
    public Credential? Document { get; init; }
}

/// <summary>How a Google token is obtained.</summary>
public enum GoogleSource
{
    /// <summary>A service account's private key signs a grant (RFC 7523).</summary>
    ServiceAccount,

    /// <summary>A token of another issuer is exchanged (workload identity federation, RFC 8693).</summary>
    WorkloadIdentity,

    /// <summary>The metadata server of Compute Engine, GKE and Cloud Run.</summary>
    Metadata,
}
