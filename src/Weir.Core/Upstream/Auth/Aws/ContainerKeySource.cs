using System.Net;

namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>
/// The credentials endpoint of a container: ECS (<c>AWS_CONTAINER_CREDENTIALS_RELATIVE_URI</c>) or EKS Pod Identity
/// (<c>AWS_CONTAINER_CREDENTIALS_FULL_URI</c> with its token file).
/// </summary>
public sealed class ContainerKeySource(ITokenTransport transport, CredentialHost host) : IAwsKeySource
{
    private const string Asked = "the container credentials endpoint";

    public async Task<Leased<AwsKey>> FetchAsync(CancellationToken cancellationToken)
    {
        var url = Endpoint();
        var token = host.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") is { } file
            ? await CredentialHost.ReadTokenAsync(file, cancellationToken)
            : host.Variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        // Over https any public host may be named; without, only this machine and the link-local services (the SDKs' rule).
        var reach = url.Scheme == Uri.UriSchemeHttps && !IPAddress.TryParse(url.Host, out _) ? TokenReach.Public : TokenReach.Metadata;
        var request = new TokenRequest(HttpMethod.Get, url, reach) { Headers = token is null ? [] : [new("Authorization", token)] };
        return KeyDocument.Read(await transport.SendAsync(request, cancellationToken), Asked);
    }

    private Uri Endpoint()
    {
        if (host.Variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI") is { } relative && Uri.TryCreate("http://169.254.170.2" + relative, UriKind.Absolute, out var ecs))
            return ecs;
        if (host.Variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") is { } full && Uri.TryCreate(full, UriKind.Absolute, out var named) && named.Scheme is "http" or "https")
            return named;
        throw new CredentialException("neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI holds a usable address");
    }
}
