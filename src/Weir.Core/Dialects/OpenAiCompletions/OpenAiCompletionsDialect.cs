using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>OpenAI's older Completions API: a prompt is continued (wire notes §3; specification <c>CreateCompletionRequest</c>).</summary>
public sealed class OpenAiCompletionsDialect : IDialect
{
    /// <summary>The dialect's stable name.</summary>
    public const string DialectName = "openai-completions";

    /// <inheritdoc/>
    public string Name => DialectName;

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } =
    [
        new("/v1/completions", Operation.Completion),
        new("/openai/deployments/{model}/completions", Operation.Completion),
    ];

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => CompletionFactsReader.Read(body, head.Model);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) =>
        new CompletionRequestReader(body, notes, head.Model).Read();

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) =>
        shape.Stream ? new CompletionStreamWriter(shape) : new CompletionDocumentWriter(shape);

    /// <inheritdoc/>
    public void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => OpenAiErrorBody.Write(error, output);

    /// <summary>An <c>error</c> chunk; no <c>[DONE]</c> follows, so that a cut stream never looks complete.</summary>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.ServerSentEvents)
    {
        output.Write("data: "u8);
        OpenAiErrorBody.Write(error, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => DeploymentPaths.Path(target, "completions");

    /// <inheritdoc/>
    public string NativeQuery(string query, UpstreamTarget target) => DeploymentPaths.Query(query, target);

    /// <inheritdoc/>
    public SamplingMembers? SamplingFor(UpstreamTarget target) => Sampling;

    private static SamplingMembers Sampling { get; } = new(["max_tokens"], "temperature");

    /// <inheritdoc/>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
        ModelSplice.Plan(facts, target, splices);
        UsageSplice.Plan(facts, target, splices);
        splices.Sort((a, b) => a.Offset.CompareTo(b.Offset));
    }

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        CompletionRequestWriter.Write(request, target, output, notes);

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new CompletionTap(facts, target);

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => new CompletionResponseReader();

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);
}
