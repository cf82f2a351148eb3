using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>
/// Ollama's own API: <c>/api/chat</c> and <c>/api/generate</c> (github.com/ollama/ollama, docs/api.md). Streams are JSON
/// lines, and a call streams unless it says <c>"stream": false</c>.
/// </summary>
public sealed class OllamaChatDialect : IDialect
{
    /// <summary>The dialect's stable name.</summary>
    public const string DialectName = "ollama-chat";

    /// <inheritdoc/>
    public string Name => DialectName;

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } = [new("/api/chat", Operation.Chat), new("/api/generate", Operation.Completion)];

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => OllamaFactsReader.Read(body, head.Operation);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) =>
        new OllamaRequestReader(body, notes, head.Operation).Read();

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) =>
        shape.Stream ? new OllamaStreamWriter(shape) : new OllamaDocumentWriter(shape);

    /// <inheritdoc/>
    public void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => OllamaError.Write(error.SafeMessage, output);

    /// <summary>An <c>error</c> line; no line with <c>done</c> follows, so that a cut stream never looks complete.</summary>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.ServerSentEvents)
    {
        OllamaError.Write(error.SafeMessage, output);
        output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => operation switch
    {
        Operation.Completion => "api/generate",
        Operation.ListModels => "api/tags",
        _ => "api/chat",
    };

    /// <inheritdoc/>
    public StreamFraming? FramingOf(string? mediaType, bool streamAsked) =>
        string.Equals(mediaType, "application/x-ndjson", StringComparison.OrdinalIgnoreCase) ? StreamFraming.JsonLines : null;

    /// <inheritdoc/>
    public SamplingMembers? SamplingFor(UpstreamTarget target) => Sampling;

    private static SamplingMembers Sampling { get; } = new(["num_predict"], "temperature") { Within = ["options"] };

    /// <inheritdoc/>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices) => ModelSplice.Plan(facts, target, splices);

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        new OllamaRequestWriter(target, notes).Write(request, output);

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new OllamaTap();

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => new OllamaResponseReader();

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);
}
