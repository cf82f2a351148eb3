namespace Weir.Core.Upstream.Auth;

/// <summary>A place that gives out access tokens.</summary>
public interface ITokenSource
{
    /// <exception cref="CredentialException">None can be had.</exception>
    Task<Leased<string>> FetchAsync(CancellationToken cancellationToken);
}
