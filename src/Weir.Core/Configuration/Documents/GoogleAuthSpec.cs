using Weir.Core.Configuration.Shapes;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Documents;

/// <summary>Access tokens of Google Cloud.</summary>
public sealed record GoogleAuthSpec
{
    /// <summary>What Vertex AI accepts.</summary>
    public const string DefaultScope = "https://www.googleapis.com/auth/cloud-platform";

    public GoogleSource Source { get; init; }
    public SecretRef? Document { get; init; }
    public string Scope { get; init; } = DefaultScope;

    public static RecordShape<GoogleAuthSpec> Shape { get; } = new RecordShape<GoogleAuthSpec>("google", "OAuth access tokens of Google Cloud, renewed before they end.", new GoogleAuthSpec())
        .Required("source", ShapeOf.Choice("Google credential source", ("serviceAccount", GoogleSource.ServiceAccount), ("workloadIdentity", GoogleSource.WorkloadIdentity), ("metadata", GoogleSource.Metadata)), "How a token is obtained. serviceAccount: the key document of a service account. workloadIdentity: an external account document. metadata: the metadata server of the machine.", (s, v) => s with { Source = v })
        .Optional("document", ShapeOf.Secret, "The JSON document, for sources serviceAccount and workloadIdentity.", (s, v) => s with { Document = v })
        .Optional("scope", ShapeOf.Text, "OAuth scope.", (s, v) => s with { Scope = v }, DefaultScope);
}
