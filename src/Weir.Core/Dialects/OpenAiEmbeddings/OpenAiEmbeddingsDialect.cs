using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.OpenAiEmbeddings;

/// <summary>OpenAI embeddings (wire notes §3): forwarded as bytes, never translated, never a stream.</summary>
public sealed class OpenAiEmbeddingsDialect : IDialect
{
    /// <inheritdoc/>
    public string Name => "openai-embeddings";

    /// <inheritdoc/>
    public bool CanTranslate => false;

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } = [new("/v1/embeddings", Operation.Embeddings)];

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => EmbeddingsFactsReader.Read(body);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) => throw NoTranslation();

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) => throw NoTranslation();

    /// <inheritdoc/>
    public void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => OpenAiErrorBody.Write(error, output);

    /// <inheritdoc/>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.ServerSentEvents) =>
        OpenAiErrorBody.Write(error, output);

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => "embeddings";

    /// <inheritdoc/>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
        if (facts.Model == target.Model)
            return;
        var name = JsonEncodedText.Encode(target.Model, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        byte[] quoted = [(byte)'"', .. name.EncodedUtf8Bytes, (byte)'"'];
        splices.Add(new Splice(facts.ModelValue.Start, facts.ModelValue.Length, quoted));
    }

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        throw NoTranslation();

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new EmbeddingsTap();

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => throw NoTranslation();

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);

    private static InvalidOperationException NoTranslation() =>
        new("Embeddings have the same-dialect lane only; CanTranslate must be asked first.");
}
