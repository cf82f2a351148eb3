using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Errors;

namespace Weir.Core.Dialects;

/// <summary>
/// A wire format, both sides of it: what clients that speak it send us and get from us, and what upstreams that speak
/// it get from us and send us. One folder each; a dialect never names another dialect. Instances are stateless.
/// </summary>
public interface IDialect
{
    /// <summary>Stable name: <c>openai-chat</c>, <c>openai-embeddings</c>, <c>anthropic-messages</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The dialect can be translated to and from canon. When false it has the same-dialect lane only, and
    /// <see cref="ReadRequest"/>, <see cref="WriteRequest"/>, <see cref="CreateReader"/> and
    /// <see cref="CreateResponseWriter"/> must not be called.
    /// </summary>
    bool CanTranslate => true;

    /// <summary>Response header in which this dialect's clients look for the request's id.</summary>
    string RequestIdHeader => "x-request-id";

    // ---- client side -------------------------------------------------------------------------------------------

    /// <summary>The paths on which its clients call, with their methods.</summary>
    IReadOnlyList<ClientRoute> ClientRoutes { get; }

    /// <summary>Query member in which its clients may send their key, or null. It never goes further than the gateway.</summary>
    string? KeyQueryMember => null;

    /// <summary>One strict pass over the client's body (step 3 of a call).</summary>
    FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head);

    /// <summary>
    /// A scan for a body that is to be passed on while it arrives (step 3 of a call), or null when the body is held whole
    /// and given to <see cref="ReadFacts"/>. The result's error is a head that cannot be right.
    /// </summary>
    (IBodyScan? Scan, BadRequest? Error) CreateScan(CallHead head) => default;

    /// <summary>The client's body as canon. Only called after <see cref="ReadFacts"/> accepted it; every member is read, noted as dropped, or refused.</summary>
    ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default);

    /// <summary>A writer of answers for one exchange.</summary>
    IResponseWriter CreateResponseWriter(ResponseShape shape);

    /// <summary>The error document of this dialect (body of a non-200 answer).</summary>
    void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output);

    /// <summary>The error frame of this dialect inside a stream that already began, framed as the client's stream is; nothing follows it.</summary>
    void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.ServerSentEvents);

    /// <summary>A sign of life between two frames of a stream, without meaning to the client; nothing where the framing has room for none.</summary>
    void WriteKeepAlive(IBufferWriter<byte> output, StreamFraming framing) => output.Write(framing switch
    {
        StreamFraming.ServerSentEvents => ": keep-alive\n\n"u8,
        StreamFraming.JsonArray => "\n"u8,
        // Readers of lines and of binary messages need not take an empty one.
        _ => default,
    });

    /// <summary>The answer of <see cref="Operation.CountTokens"/>, for dialects that have it.</summary>
    void WriteTokenCount(long tokens, IBufferWriter<byte> output) =>
        throw new NotSupportedException($"{Name} has no token count operation.");

    /// <summary>Its clients hand opaque reasoning back by themselves: nothing has to be kept for their next turn.</summary>
    bool ClientsCarryReasoning => false;

    // ---- upstream side -----------------------------------------------------------------------------------------

    /// <summary>
    /// Path of the operation below the provider's base URL, for example <c>chat/completions</c>; escaped where it names the
    /// target's model.
    /// </summary>
    string UpstreamPath(Operation operation, UpstreamTarget target, bool stream);

    /// <summary>The same for dialects whose upstream path depends on more of the request line.</summary>
    string UpstreamPath(CallHead head, UpstreamTarget target, bool stream) => UpstreamPath(head.Operation, target, stream);

    /// <summary>Query string (with its question mark) of a translated call, or empty. A same-dialect call carries the client's own.</summary>
    string UpstreamQuery(Operation operation, bool stream) => "";

    /// <summary>The client's query string (with its question mark, or empty) as a same-dialect upstream should get it.</summary>
    string NativeQuery(string query, UpstreamTarget target) => query;

    /// <summary>How an answer of this content type is framed, or null when it is not a stream.</summary>
    StreamFraming? FramingOf(string? mediaType, bool streamAsked) =>
        string.Equals(mediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase) ? StreamFraming.ServerSentEvents : null;

    /// <summary>The same for dialects in which more than the content type decides.</summary>
    StreamFraming? FramingOf(string? mediaType, RequestFacts facts) => FramingOf(mediaType, facts.Stream);

    /// <summary>Who signs the reasoning of this dialect's models and wants it back, as in <see cref="ContentPart.Thinking"/>; null for nobody.</summary>
    string? SigningVendor => null;

    /// <summary>Same-dialect edits of the client's bytes: the model name, the usage option. Sorted by offset, not overlapping.</summary>
    void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices);

    /// <summary>Where its bodies have output cap and temperature, or null: it has none, or it is not known where.</summary>
    SamplingMembers? SamplingFor(UpstreamTarget target) => null;

    /// <summary>Canon as a request body of this dialect; what has no place is noted or refused.</summary>
    void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes);

    /// <summary>A tap for a same-dialect answer.</summary>
    IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target);

    /// <summary>A reader for an answer that will be translated.</summary>
    IResponseReader CreateReader(bool stream, UpstreamTarget target);

    /// <summary>Understands an error body, whatever its shape.</summary>
    UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body);
}
