using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.BedrockInvoke;

/// <summary>
/// Amazon Bedrock's InvokeModel API: <c>POST /model/{model}/invoke</c> and <c>/invoke-with-response-stream</c>. The bodies are
/// the model vendors' own, so they pass as they are and are never translated; usage is learnt from headers, from the vendor's
/// body, and from the metrics Bedrock adds to a stream's last chunk.
/// </summary>
public sealed class BedrockInvokeDialect : IDialect
{
    /// <summary>The stable name.</summary>
    public const string DialectName = "bedrock-invoke";

    /// <inheritdoc/>
    public string Name => DialectName;

    /// <inheritdoc/>
    public bool CanTranslate => false;

    /// <inheritdoc/>
    public string RequestIdHeader => "x-amzn-requestid";

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } =
        [new("/model/{model}/invoke", Operation.Chat, Stream: false), new("/model/{model}/invoke-with-response-stream", Operation.Chat, Stream: true)];

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => InvokeFactsReader.Read(body, head);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) => throw NotTranslated();

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) => throw NotTranslated();

    /// <inheritdoc/>
    public void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => InvokeErrors.Write(error, output);

    /// <inheritdoc/>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.AwsEventStream) =>
        InvokeErrors.WriteEvent(error, output);

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) =>
        $"model/{Uri.EscapeDataString(target.Model)}/{(stream ? "invoke-with-response-stream" : "invoke")}";

    /// <inheritdoc/>
    public StreamFraming? FramingOf(string? mediaType, bool streamAsked) =>
        string.Equals(mediaType, "application/vnd.amazon.eventstream", StringComparison.OrdinalIgnoreCase) ? StreamFraming.AwsEventStream : null;

    /// <inheritdoc/>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
    }

    /// <inheritdoc/>
    public SamplingMembers? SamplingFor(UpstreamTarget target) => InvokeSampling.Of(target.Model);

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) => throw NotTranslated();

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new InvokeTap();

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => throw NotTranslated();

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);

    private static NotSupportedException NotTranslated() => new($"{DialectName} has the same-dialect lane only.");
}
