using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Google's Gemini API and the same methods on Vertex AI, both sides: <c>generateContent</c>, <c>streamGenerateContent</c>
/// (SSE, or a JSON array that grows), <c>countTokens</c>, and the embedding methods, which only pass. Paths below a base URL
/// are alike: the Gemini API's ends in <c>/v1beta</c>, Vertex's in <c>/publishers/google</c>.
/// Source of facts: the types of @google/genai 3.1.0 and recorded traffic.
/// </summary>
public sealed class GeminiGenerateDialect : IDialect, ITokenCountDialect
{
    /// <summary>The stable name.</summary>
    public const string DialectName = "gemini-generate";

    /// <inheritdoc/>
    public string Name => DialectName;

    /// <inheritdoc/>
    public bool ClientsCarryReasoning => true;

    /// <inheritdoc/>
    public string? SigningVendor => ThoughtSeal.Google;

    /// <inheritdoc/>
    public string? KeyQueryMember => "key";

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } = GeminiRoutes.All;

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => GeminiFactsReader.Read(body, head);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) => GeminiRequestReader.Read(body, notes, head);

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) => shape.Stream ? new GeminiStreamWriter(shape) : new GeminiWholeWriter(shape);

    /// <inheritdoc/>
    public void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => GeminiErrors.Write(error, requestId, output);

    /// <inheritdoc/>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.ServerSentEvents)
        => GeminiErrors.WriteInStream(error, requestId, output, framing);

    /// <summary>White space between elements; nothing between events, because Google never sends comments and its older SDKs fail on them.</summary>
    public void WriteKeepAlive(IBufferWriter<byte> output, StreamFraming framing) => output.Write(framing == StreamFraming.JsonArray ? "\n"u8 : default);

    /// <inheritdoc/>
    public void WriteTokenCount(long tokens, IBufferWriter<byte> output) => GeminiTokenCount.Write(tokens, output);

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream)
        => $"models/{string.Join('/', target.Model.Split('/').Select(Uri.EscapeDataString))}:{GeminiRoutes.Method(operation, stream)}";

    /// <inheritdoc/>
    public string UpstreamQuery(Operation operation, bool stream) => stream ? "?alt=sse" : "";

    /// <inheritdoc/>
    public StreamFraming? FramingOf(string? mediaType, bool streamAsked)
    {
        if (string.Equals(mediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase))
            return StreamFraming.ServerSentEvents;
        return streamAsked && string.Equals(mediaType, "application/json", StringComparison.OrdinalIgnoreCase) ? StreamFraming.JsonArray : null;
    }

    /// <inheritdoc/>
    public SamplingMembers? SamplingFor(UpstreamTarget target) => Sampling;

    private static SamplingMembers Sampling { get; } = new(["maxOutputTokens", "max_output_tokens"], "temperature") { Within = ["generationConfig", "generation_config"] };

    /// <inheritdoc/>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices) => GeminiSplices.Plan(facts, target, splices);

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
        => GeminiRequestWriter.Write(request, target, output, notes);

    /// <inheritdoc/>
    public void WriteCountRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
        => GeminiTokenCount.WriteRequest(PickedMembers.Whole(this, request, target, notes), target, output);

    /// <inheritdoc/>
    public long? ReadTokenCount(ReadOnlySpan<byte> body) => PickedMembers.Number(body, "totalTokens");

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new GeminiTap(target, facts.Choices);

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => new GeminiResponseReader(target);

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);
}
