namespace Weir.Core.Providers;

/// <summary>Requests are signed with AWS Signature Version 4.</summary>
/// <param name="Source">Where the access key comes from. Only this place is asked; there is no chain of guesses.</param>
/// <param name="Region">Region the signature is for.</param>
/// <param name="Service">Service the signature is for (<c>bedrock</c>).</param>
public sealed record AwsAuth(AwsSource Source, string Region, string Service) : AuthSettings
{
    /// <summary>Profile of the shared files; null = <c>AWS_PROFILE</c>, else <c>default</c>.</summary>
    public string? Profile { get; init; }

    /// <summary>Access key id (<see cref="AwsSource.Static"/>).</summary>
    public Credential? AccessKeyId { get; init; }

    /// <summary>Secret access key (<see cref="AwsSource.Static"/>).</summary>
    public Credential? SecretAccessKey { get; init; }

    /// <summary>Session token of a temporary key (<see cref="AwsSource.Static"/>), or null.</summary>
    public Credential? SessionToken { get; init; }

    /// <summary>Role to take on (<see cref="AwsSource.WebIdentity"/>); null = <c>AWS_ROLE_ARN</c>.</summary>
    public string? RoleArn { get; init; }

    /// <summary>File with the web identity token; null = <c>AWS_WEB_IDENTITY_TOKEN_FILE</c>.</summary>
    public string? TokenFile { get; init; }
}

/// <summary>Where an AWS access key comes from.</summary>
public enum AwsSource
{
    /// <summary>References in Weir's configuration.</summary>
    Static,

    /// <summary><c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c>, <c>AWS_SESSION_TOKEN</c>.</summary>
    Environment,

    /// <summary>A profile of <c>~/.aws/credentials</c> and <c>~/.aws/config</c>.</summary>
    Profile,

    /// <summary>A token file exchanged at STS (IAM roles for service accounts).</summary>
    WebIdentity,

    /// <summary>The credentials endpoint of ECS or EKS Pod Identity.</summary>
    Container,

    /// <summary>The role of the EC2 instance, from IMDSv2.</summary>
    Instance,
}
