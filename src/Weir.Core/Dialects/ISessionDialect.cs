using System.Buffers;
using Weir.Core.Errors;

namespace Weir.Core.Dialects;

/// <summary>A dialect whose calls are two-way sessions over WebSocket: messages pass both ways, some of the upstream's tell usage.</summary>
public interface ISessionDialect : IDialect
{
    /// <summary>The client's first message names the model (and goes to <see cref="IDialect.ReadFacts"/>); otherwise the request line does.</summary>
    bool ModelInFirstMessage { get; }

    /// <summary>Query string of the upstream's address with its question mark, or empty: the client's, without its credential.</summary>
    string SessionQuery(CallHead head, UpstreamTarget target);

    /// <summary>A tap for one session's upstream messages.</summary>
    ISessionTap CreateSessionTap();

    /// <summary>The message that tells a client of an error before its session is closed; nothing where the dialect has none.</summary>
    void WriteSessionError(GatewayError error, string requestId, IBufferWriter<byte> output);
}
