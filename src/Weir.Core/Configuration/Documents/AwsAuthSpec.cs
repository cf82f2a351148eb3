using Weir.Core.Configuration.Shapes;
using Weir.Core.Providers;

namespace Weir.Core.Configuration.Documents;

/// <summary>AWS Signature Version 4.</summary>
public sealed record AwsAuthSpec
{
    public AwsSource Source { get; init; }
    public string? Profile { get; init; }
    public SecretRef? AccessKeyId { get; init; }
    public SecretRef? SecretAccessKey { get; init; }
    public SecretRef? SessionToken { get; init; }
    public string? RoleArn { get; init; }
    public string? TokenFile { get; init; }
    public string Service { get; init; } = "bedrock";

    public static RecordShape<AwsAuthSpec> Shape { get; } = new RecordShape<AwsAuthSpec>("aws", "Requests are signed with AWS Signature Version 4.", new AwsAuthSpec())
        .Required("source", ShapeOf.Choice("AWS credential source", ("static", AwsSource.Static), ("environment", AwsSource.Environment), ("profile", AwsSource.Profile), ("webIdentity", AwsSource.WebIdentity), ("container", AwsSource.Container), ("instance", AwsSource.Instance)), "Where the access key comes from; only this place is asked. static: the references below. environment: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN. profile: ~/.aws/credentials and ~/.aws/config, roles included. webIdentity: a token file exchanged at STS (IRSA). container: the endpoint of ECS or EKS Pod Identity. instance: the EC2 role (IMDSv2).", (s, v) => s with { Source = v })
        .Optional("profile", ShapeOf.Text, "Profile name, for source profile.", (s, v) => s with { Profile = v }, "AWS_PROFILE, else default")
        .Optional("accessKeyId", ShapeOf.Secret, "Access key id, for source static.", (s, v) => s with { AccessKeyId = v })
        .Optional("secretAccessKey", ShapeOf.Secret, "Secret access key, for source static.", (s, v) => s with { SecretAccessKey = v })
        .Optional("sessionToken", ShapeOf.Secret, "Session token of a temporary key, for source static.", (s, v) => s with { SessionToken = v })
        .Optional("roleArn", ShapeOf.Text, "Role to take on, for source webIdentity.", (s, v) => s with { RoleArn = v }, "AWS_ROLE_ARN")
        .Optional("tokenFile", ShapeOf.Text, "File with the token, for source webIdentity. Read at each exchange.", (s, v) => s with { TokenFile = v }, "AWS_WEB_IDENTITY_TOKEN_FILE")
        .Optional("service", ShapeOf.Name, "Service the signature is for.", (s, v) => s with { Service = v }, "bedrock");
}
