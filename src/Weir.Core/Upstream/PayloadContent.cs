using System.Net;

namespace Weir.Core.Upstream;

/// <summary>Hands an <see cref="UpstreamPayload"/> to the HTTP client.</summary>
internal sealed class PayloadContent(UpstreamPayload payload) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        payload.WriteToAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        payload.WriteToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = payload.Length ?? 0;
        return payload.Length is not null;
    }
}
