using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Authentication other than an API key; exactly one member is set.</summary>
public sealed record AuthSpec
{
    public AwsAuthSpec? Aws { get; init; }
    public AzureAuthSpec? Azure { get; init; }
    public GoogleAuthSpec? Google { get; init; }

    public static RecordShape<AuthSpec> Shape { get; } = new RecordShape<AuthSpec>("auth", "Authentication other than by an API key.", new AuthSpec())
        .Optional("aws", AwsAuthSpec.Shape, "AWS Signature Version 4; needs the provider's region.", (s, v) => s with { Aws = v })
        .Optional("azure", AzureAuthSpec.Shape, "Microsoft Entra ID.", (s, v) => s with { Azure = v })
        .Optional("google", GoogleAuthSpec.Shape, "Google Cloud.", (s, v) => s with { Google = v })
        .ExactlyOneOf("aws", "azure", "google");
}
