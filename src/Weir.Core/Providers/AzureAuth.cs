namespace Weir.Core.Providers;

/// <summary>Bearer tokens of Microsoft Entra ID.</summary>
/// <param name="Source">How a token is obtained.</param>
/// <param name="Scope">What the token is for, for example <c>https://cognitiveservices.azure.com/.default</c>.</param>
public sealed record AzureAuth(AzureSource Source, string Scope) : AuthSettings
{
    /// <summary>Directory; null = <c>AZURE_TENANT_ID</c>.</summary>
    public string? TenantId { get; init; }

    /// <summary>Application, or user-assigned identity; null = <c>AZURE_CLIENT_ID</c>.</summary>
    public string? ClientId { get; init; }

    /// <summary>Secret of the application (<see cref="AzureSource.ClientSecret"/>).</summary>
    public Credential? ClientSecret { get; init; }

    /// <summary>File with the federated token; null = <c>AZURE_FEDERATED_TOKEN_FILE</c>.</summary>
    public string? TokenFile { get; init; }

    /// <summary>Token authority; null = <c>AZURE_AUTHORITY_HOST</c>, else the public cloud's.</summary>
    public Uri? Authority { get; init; }
}

/// <summary>How an Entra token is obtained.</summary>
public enum AzureSource
{
    /// <summary>Application id and secret.</summary>
    ClientSecret,

    /// <summary>The machine's own identity: App Service where its endpoint is announced, else the instance metadata service.</summary>
    ManagedIdentity,

    /// <summary>A token file of the cluster, exchanged (workload identity federation).</summary>
    WorkloadIdentity,
}
