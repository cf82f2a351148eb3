using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.OllamaEmbed;

/// <summary>Ollama's embeddings: <c>/api/embed</c> (many inputs) and its older form <c>/api/embeddings</c> (one prompt, one vector, no usage).</summary>
public sealed class OllamaEmbedDialect : OneShotDialect
{
    internal const string OlderRoute = "/api/embeddings";

    private static readonly string[] Content = ["embeddings", "embedding"];
    private static readonly string[] Counters = ["prompt_eval_count"];

    /// <inheritdoc/>
    public override string Name => "ollama-embed";

    /// <inheritdoc/>
    public override IReadOnlyList<ClientRoute> ClientRoutes { get; } = [new("/api/embed", Operation.Embeddings), new(OlderRoute, Operation.Embeddings)];

    /// <inheritdoc/>
    public override bool Translates(Operation operation) => operation == Operation.Embeddings;

    /// <inheritdoc/>
    public override FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => OllamaEmbedFacts.Read(body, head.Route == OlderRoute);

    /// <inheritdoc/>
    public override OneShotRequest ReadOneShot(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head) =>
        OllamaEmbedBodies.ReadRequest(body, notes, head.Route == OlderRoute);

    /// <inheritdoc/>
    public override void WriteOneShot(OneShotRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        OllamaEmbedBodies.WriteRequest((EmbeddingRequest)request, target, output, notes);

    /// <inheritdoc/>
    public override OneShotAnswer? ReadOneShotAnswer(ReadOnlyMemory<byte> body, OneShotRequest request) => OllamaEmbedBodies.ReadAnswer(body);

    /// <inheritdoc/>
    public override void WriteOneShotAnswer(OneShotAnswer answer, OneShotRequest request, ResponseShape shape, IBufferWriter<byte> output) =>
        OllamaEmbedBodies.WriteAnswer((EmbeddingAnswer)answer, shape, output);

    /// <inheritdoc/>
    public override void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("error"u8, error.SafeMessage);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => "api/embed";

    /// <inheritdoc/>
    public override IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) =>
        new OneShotTap(Content, Counters, count => count.Whole() is >= 0 and var tokens ? new Usage { InputUncached = tokens } : null);
}
