using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.TritonGenerate;

/// <summary>
/// NVIDIA Triton's generate extension of KServe's v2 protocol (triton-inference-server/server, docs/protocol/extension_generate.md):
/// <c>text_input</c> in, <c>text_output</c> out, the model in the path. It reports no usage, and its streams have no end marker:
/// one that closed in order is whole.
/// </summary>
public sealed class TritonGenerateDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "triton-generate";

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } =
    [
        new("/v2/models/{model}/generate", Operation.Completion, Stream: false),
        new("/v2/models/{model}/generate_stream", Operation.Completion, Stream: true),
    ];

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => TritonRequests.ReadFacts(body, head);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) => TritonRequests.Read(body, notes, head);

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) => new TritonResponseWriter(shape);

    /// <inheritdoc/>
    public void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => TritonResponseWriter.WriteError(error.SafeMessage, output);

    /// <inheritdoc/>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.ServerSentEvents)
    {
        output.Write("data: "u8);
        WriteError(error, requestId, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public SamplingMembers? SamplingFor(UpstreamTarget target) => Sampling;

    private static SamplingMembers Sampling { get; } = new(["max_tokens"], "temperature");

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) =>
        $"v2/models/{Uri.EscapeDataString(target.Model)}/{(stream ? "generate_stream" : "generate")}";

    /// <summary>Nothing: the model stands in the path.</summary>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
    }

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        TritonRequests.Write(request, target, output, notes);

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new TritonTap();

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => new TritonResponseReader();

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);
}
