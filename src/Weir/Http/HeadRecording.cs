using System.IO.Pipelines;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Weir.Http;

/// <summary>Puts a <see cref="HeadRecorder"/> into every HTTP/1 connection of a listener; must come after TLS.</summary>
internal static class HeadRecording
{
    public static void RecordHeads(this ListenOptions listen) => listen.Use(next => connection =>
    {
        // HTTP/2 frames its messages itself and the server's parser is strict about them.
        var negotiated = connection.Features.Get<ITlsApplicationProtocolFeature>()?.ApplicationProtocol ?? default;
        if (listen.Protocols != HttpProtocols.Http2 && !negotiated.Span.SequenceEqual("h2"u8))
        {
            var recorder = new HeadRecorder(connection.Transport.Input);
            connection.Transport = new Transport(recorder, connection.Transport.Output);
            connection.Features.Set(recorder);
        }
        return next(connection);
    });

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
