namespace Weir.Core.Upstream.Auth.Aws;

/// <summary>A place that gives out AWS access keys.</summary>
public interface IAwsKeySource
{
    /// <exception cref="CredentialException">None can be had.</exception>
    Task<Leased<AwsKey>> FetchAsync(CancellationToken cancellationToken);
}
