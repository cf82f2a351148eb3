using Weir.Core.Configuration.Shapes;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Documents;

/// <summary>Tokens of Microsoft Entra ID.</summary>
public sealed record AzureAuthSpec
{
    /// <summary>What Azure OpenAI's and Azure AI's endpoints accept.</summary>
    public const string DefaultScope = "https://cognitiveservices.azure.com/.default";

    public AzureSource Source { get; init; }
    public string? TenantId { get; init; }
    public string? ClientId { get; init; }
    public SecretRef? ClientSecret { get; init; }
    public string? TokenFile { get; init; }
    public Uri? Authority { get; init; }
    public string Scope { get; init; } = DefaultScope;

    public static RecordShape<AzureAuthSpec> Shape { get; } = new RecordShape<AzureAuthSpec>("azure", "Bearer tokens of Microsoft Entra ID, renewed before they end.", new AzureAuthSpec())
        .Required("source", ShapeOf.Choice("Azure credential source", ("clientSecret", AzureSource.ClientSecret), ("managedIdentity", AzureSource.ManagedIdentity), ("workloadIdentity", AzureSource.WorkloadIdentity)), "How a token is obtained. clientSecret: application id and secret. managedIdentity: App Service's endpoint (IDENTITY_ENDPOINT) or the instance metadata service. workloadIdentity: a token file of the cluster, exchanged.", (s, v) => s with { Source = v })
        .Optional("tenantId", ShapeOf.Text, "Directory.", (s, v) => s with { TenantId = v }, "AZURE_TENANT_ID")
        .Optional("clientId", ShapeOf.Text, "Application, or user-assigned identity.", (s, v) => s with { ClientId = v }, "AZURE_CLIENT_ID")
        .Optional("clientSecret", ShapeOf.Secret, "Secret of the application, for source clientSecret.", (s, v) => s with { ClientSecret = v })
        .Optional("tokenFile", ShapeOf.Text, "File with the federated token, for source workloadIdentity.", (s, v) => s with { TokenFile = v }, "AZURE_FEDERATED_TOKEN_FILE")
        .Optional("authority", ShapeOf.Url, "Token authority (https), for other clouds than the public one.", (s, v) => s with { Authority = v }, "AZURE_AUTHORITY_HOST, else https://login.microsoftonline.com")
        .Optional("scope", ShapeOf.Text, "What the token is for.", (s, v) => s with { Scope = v }, DefaultScope);
}
