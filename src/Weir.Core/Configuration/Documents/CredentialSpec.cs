using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>One of several credentials of a provider.</summary>
public sealed record CredentialSpec
{
    public string Name { get; init; } = "";
    public long Weight { get; init; } = 1;
    public SecretRef? Credential { get; init; }
    public AuthSpec? Auth { get; init; }

    public static RecordShape<CredentialSpec> Shape { get; } = new RecordShape<CredentialSpec>("weighted credential", "One of several credentials of a provider. One that is refused (401, 402, 403, 429) pauses, and the call goes on with another.", new CredentialSpec())
        .Required("name", ShapeOf.Name, "How records name it.", (s, v) => s with { Name = v })
        .Optional("weight", ShapeOf.Whole(1, 1000), "Share of the calls, relative to the others.", (s, v) => s with { Weight = v }, "1")
        .Optional("credential", ShapeOf.Secret, "An API key, by reference.", (s, v) => s with { Credential = v })
        .Optional("auth", AuthSpec.Shape, "Authentication other than by an API key.", (s, v) => s with { Auth = v })
        .ExactlyOneOf("credential", "auth");
}
