using System.Net;
using System.Net.Http.Headers;
using Weir.Core.Providers;
using Weir.Core.Semantics.External;
using Weir.Core.Upstream.Auth;

namespace Weir.Core.Upstream;

/// <summary>Takes a classifier's requests to a provider: through its guarded connections, with its credential.</summary>
/// <param name="provider">Whose address and credential it is.</param>
/// <param name="path">Path below its base URL.</param>
/// <param name="clients">Connections.</param>
/// <param name="auths">Credentials.</param>
public sealed class ClassifierTransport(Provider provider, string path, IUpstreamClients clients, IUpstreamAuths auths) : IClassifierTransport
{
    /// <summary>Vectors of 32 texts are about a megabyte; what is larger is not meant for us.</summary>
    private const int LargestAnswer = 16 << 20;

    private readonly Uri _url = new($"{provider.BaseUrl.AbsoluteUri.TrimEnd('/')}/{path.TrimStart('/')}");

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> PostAsync(ReadOnlyMemory<byte> json, CancellationToken cancel)
    {
        using var payload = new UpstreamPayload();
        payload.UseClientBytes(json);
        using var message = new HttpRequestMessage(HttpMethod.Post, _url) { Version = HttpVersion.Version11, Content = new PayloadContent(payload) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in provider.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (auths.Choose(provider, []) is { } credential && await auths.For(credential).ApplyAsync(message, payload, cancel) is { } missing)
            throw new HttpRequestException(missing.SafeMessage);
        using var response = await clients.For(provider).SendAsync(message, cancel);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"The classifier answered {(int)response.StatusCode}.", null, response.StatusCode);
        return await UpstreamBody.ReadAllAsync(response.Content, LargestAnswer, cancel)
            ?? throw new HttpRequestException("The classifier's answer is too large.");
    }
}
