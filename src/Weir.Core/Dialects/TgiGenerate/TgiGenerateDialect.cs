using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.TgiGenerate;

/// <summary>
/// Hugging Face Text Generation Inference's own API (huggingface/text-generation-inference, docs/openapi.json): <c>inputs</c>
/// and <c>parameters</c>. A server has one model; callers of Weir name it in the path or as <c>model</c> in the body.
/// </summary>
public sealed class TgiGenerateDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "tgi-generate";

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } =
    [
        new("/generate", Operation.Completion, Stream: false),
        new("/generate_stream", Operation.Completion, Stream: true),
        new("/models/{model}/generate", Operation.Completion, Stream: false),
        new("/models/{model}/generate_stream", Operation.Completion, Stream: true),
    ];

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => TgiRequests.ReadFacts(body, head);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) => TgiRequests.Read(body, notes, head);

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) => new TgiResponseWriter(shape);

    /// <inheritdoc/>
    public void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => TgiError.Write(error.SafeMessage, error.Kind, output);

    /// <inheritdoc/>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.ServerSentEvents)
    {
        output.Write("data:"u8);
        WriteError(error, requestId, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public SamplingMembers? SamplingFor(UpstreamTarget target) => Sampling;

    private static SamplingMembers Sampling { get; } = new(["max_new_tokens"], "temperature") { Within = ["parameters"] };

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => stream ? "generate_stream" : "generate";

    /// <summary>The model's name where the client gave it in the body; a server without one ignores it.</summary>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
        if (facts.ModelValue.IsPresent)
            ModelSplice.Plan(facts, target, splices);
    }

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        TgiRequests.Write(request, target, output, notes);

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new TgiTap();

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => new TgiResponseReader();

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);
}
