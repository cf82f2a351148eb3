using Weir.Core.Upstream.Auth;

namespace Weir.Core.Tests.Upstream.Auth;

/// <summary>Answers token requests from a script and keeps what was asked.</summary>
internal sealed class ScriptedTokens(params TokenReply[] replies) : ITokenTransport
{
    private readonly Queue<TokenReply> _replies = new(replies);

    public List<TokenRequest> Asked { get; } = [];

    public Task<TokenReply> SendAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        lock (Asked)
        {
            Asked.Add(request);
            return _replies.TryDequeue(out var reply) ? Task.FromResult(reply) : throw new CredentialException("nobody answers");
        }
    }
}
