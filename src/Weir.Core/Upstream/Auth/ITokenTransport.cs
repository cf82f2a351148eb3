namespace Weir.Core.Upstream.Auth;

/// <summary>Small HTTP calls to places that give out credentials. Goes through the guarded connector.</summary>
public interface ITokenTransport
{
    /// <summary>Sends and reads the whole answer.</summary>
    /// <exception cref="CredentialException">No answer could be had.</exception>
    Task<TokenReply> SendAsync(TokenRequest request, CancellationToken cancellationToken);
}
