namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>The role of an EC2 instance, from the instance metadata service, version 2 only (a session token comes first).</summary>
public sealed class InstanceKeySource(ITokenTransport transport, CredentialHost host) : IAwsKeySource
{
    private const string Asked = "the EC2 instance metadata service";
    private const string Roles = "/latest/meta-data/iam/security-credentials/";

    public async Task<Leased<AwsKey>> FetchAsync(CancellationToken cancellationToken)
    {
        var named = host.Variable("AWS_EC2_METADATA_SERVICE_ENDPOINT");
        var address = (named ?? "http://169.254.169.254").TrimEnd('/');
        var reach = named is null ? TokenReach.Metadata : TokenReach.Named;
        var session = await transport.SendAsync(new TokenRequest(HttpMethod.Put, new Uri(address + "/latest/api/token"), reach)
        {
            Headers = [new("x-aws-ec2-metadata-token-ttl-seconds", "21600")],
        }, cancellationToken);
        if (!session.IsOk)
            throw new CredentialException($"{Asked} gave no session token: status {session.Status}");

        IReadOnlyList<KeyValuePair<string, string>> headers = [new("x-aws-ec2-metadata-token", session.Body.Trim())];
        var roles = await transport.SendAsync(new TokenRequest(HttpMethod.Get, new Uri(address + Roles), reach) { Headers = headers }, cancellationToken);
        var role = roles.IsOk ? roles.Body.Split('\n')[0].Trim() : "";
        if (role.Length == 0)
            throw new CredentialException($"{Asked} knows no role of this instance: status {roles.Status}");
        var reply = await transport.SendAsync(new TokenRequest(HttpMethod.Get, new Uri(address + Roles + Uri.EscapeDataString(role)), reach) { Headers = headers }, cancellationToken);
        return KeyDocument.Read(reply, Asked);
    }
}
