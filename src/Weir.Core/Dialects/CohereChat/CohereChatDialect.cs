using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Cohere's chat, version 2 of its API (wire notes §8): typed server-sent events, then <c>[DONE]</c>.</summary>
public sealed class CohereChatDialect : IDialect
{
    /// <summary>The dialect's stable name.</summary>
    public const string DialectName = "cohere-chat";

    /// <inheritdoc/>
    public string Name => DialectName;

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } = [new("/v2/chat", Operation.Chat)];

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => CohereFactsReader.Read(body);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) => new CohereRequestReader(body, notes).Read();

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) =>
        shape.Stream ? new CohereStreamWriter(shape) : new CohereDocumentWriter(shape);

    /// <inheritdoc/>
    public void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, requestId);
        json.WriteString("message"u8, error.SafeMessage);
        json.WriteEndObject();
    }

    /// <summary>A <c>message-end</c> whose reason is <c>ERROR</c>; no <c>[DONE]</c> follows.</summary>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.ServerSentEvents) =>
        CohereEvents.WriteFailure(error.SafeMessage, output);

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => "chat";

    /// <inheritdoc/>
    public SamplingMembers? SamplingFor(UpstreamTarget target) => Sampling;

    private static SamplingMembers Sampling { get; } = new(["max_tokens"], "temperature");

    /// <inheritdoc/>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices) => ModelSplice.Plan(facts, target, splices);

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        new CohereRequestWriter(target, notes).Write(request, output);

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new CohereTap();

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => new CohereResponseReader();

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);
}
