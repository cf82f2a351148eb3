using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>
/// Amazon Bedrock's Converse API, both sides: <c>POST /model/{model}/converse</c> and <c>/converse-stream</c>. The path
/// names the model and the kind of answer; streams are binary event streams. Source of facts: the types of
/// @aws-sdk/client-bedrock-runtime 3.1162.0 and recorded traffic.
/// </summary>
public sealed class BedrockConverseDialect : IDialect, ITokenCountDialect
{
    /// <summary>The stable name.</summary>
    public const string DialectName = "bedrock-converse";

    /// <inheritdoc/>
    public string Name => DialectName;

    /// <inheritdoc/>
    public string RequestIdHeader => "x-amzn-requestid";

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } =
        [new("/model/{model}/converse", Operation.Chat, Stream: false), new("/model/{model}/converse-stream", Operation.Chat, Stream: true)];

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => ConverseFactsReader.Read(body, head);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) =>
        ConverseRequestReader.Read(body, notes, head);

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) => shape.Stream ? new ConverseStreamWriter(shape) : new ConverseWholeWriter(shape);

    /// <inheritdoc/>
    public void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => ExceptionBody.Write(error, output);

    /// <inheritdoc/>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.AwsEventStream) =>
        ExceptionBody.WriteEvent(error, output);

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) =>
        operation == Operation.CountTokens ? $"model/{Uri.EscapeDataString(ModelFamilies.WithoutGeography(target.Model))}/count-tokens"
            : $"model/{Uri.EscapeDataString(target.Model)}/{(stream ? "converse-stream" : "converse")}";

    /// <inheritdoc/>
    public StreamFraming? FramingOf(string? mediaType, bool streamAsked) =>
        string.Equals(mediaType, "application/vnd.amazon.eventstream", StringComparison.OrdinalIgnoreCase) ? StreamFraming.AwsEventStream : null;

    /// <inheritdoc/>
    public SamplingMembers? SamplingFor(UpstreamTarget target) => Sampling;

    private static SamplingMembers Sampling { get; } = new(["maxTokens"], "temperature") { Within = ["inferenceConfig"] };

    /// <inheritdoc/>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices) => splices.AddRange(facts.RequiredEdits);

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        ConverseRequestWriter.Write(request, target, output, notes);

    /// <inheritdoc/>
    public void WriteCountRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("input"u8);
        json.WriteStartObject("converse"u8);
        json.WriteMembers(PickedMembers.Whole(this, request, target, notes), "messages", "system", "toolConfig", "additionalModelRequestFields");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public long? ReadTokenCount(ReadOnlySpan<byte> body) => PickedMembers.Number(body, "inputTokens");

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new ConverseTap();

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => new ConverseResponseReader(target);

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);
}
