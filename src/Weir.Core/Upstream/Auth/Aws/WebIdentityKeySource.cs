using Weir.Core.Providers;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>IAM roles for service accounts: the cluster's token file, exchanged at STS.</summary>
public sealed class WebIdentityKeySource(AwsAuth settings, CredentialHost host, StsClient sts) : IAwsKeySource
{
    public async Task<Leased<AwsKey>> FetchAsync(CancellationToken cancellationToken)
    {
        var role = settings.RoleArn ?? host.Variable("AWS_ROLE_ARN") ?? throw new CredentialException("no role: neither roleArn nor AWS_ROLE_ARN is set");
        var file = settings.TokenFile ?? host.Variable("AWS_WEB_IDENTITY_TOKEN_FILE")
            ?? throw new CredentialException("no token file: neither tokenFile nor AWS_WEB_IDENTITY_TOKEN_FILE is set");
        var session = host.Variable("AWS_ROLE_SESSION_NAME") ?? StsClient.SessionName;
        // The kubelet replaces the file's content well before it ends: read at each exchange.
        return await sts.AssumeWithWebIdentityAsync(role, session, await CredentialHost.ReadTokenAsync(file, cancellationToken), cancellationToken);
    }
}
