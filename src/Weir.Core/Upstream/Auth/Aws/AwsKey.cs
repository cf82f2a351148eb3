namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>An AWS access key. Printing it shows the key id only.</summary>
/// <param name="id">Access key id: not secret.</param>
/// <param name="secret">Secret access key.</param>
/// <param name="token">Session token of a temporary key, or null.</param>
public sealed class AwsKey(string id, string secret, string? token)
{
    public string Id { get; } = id;
    public string Secret { get; } = secret;
    public string? Token { get; } = token;

    public override string ToString() => Id;
}
