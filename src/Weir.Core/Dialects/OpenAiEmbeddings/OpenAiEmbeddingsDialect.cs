using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.OpenAiEmbeddings;

/// <summary>OpenAI embeddings (wire notes §3). Never a stream.</summary>
public sealed class OpenAiEmbeddingsDialect : OneShotDialect
{
    private static readonly string[] Content = ["data"];
    private static readonly string[] Counters = ["usage"];

    /// <inheritdoc/>
    public override string Name => "openai-embeddings";

    /// <inheritdoc/>
    public override IReadOnlyList<ClientRoute> ClientRoutes { get; } =
    [
        new("/v1/embeddings", Operation.Embeddings),
        new("/openai/v1/embeddings", Operation.Embeddings),
        new("/openai/deployments/{model}/embeddings", Operation.Embeddings),
    ];

    /// <inheritdoc/>
    public override bool Translates(Operation operation) => operation == Operation.Embeddings;

    /// <inheritdoc/>
    public override FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => EmbeddingsFactsReader.Read(body, head.Model);

    /// <inheritdoc/>
    public override OneShotRequest ReadOneShot(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head) =>
        EmbeddingsBodies.ReadRequest(body, notes, head.Model);

    /// <inheritdoc/>
    public override void WriteOneShot(OneShotRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        EmbeddingsBodies.WriteRequest((EmbeddingRequest)request, target, output, notes);

    /// <inheritdoc/>
    public override OneShotAnswer? ReadOneShotAnswer(ReadOnlyMemory<byte> body, OneShotRequest request) => EmbeddingsBodies.ReadAnswer(body);

    /// <inheritdoc/>
    public override void WriteOneShotAnswer(OneShotAnswer answer, OneShotRequest request, ResponseShape shape, IBufferWriter<byte> output) =>
        EmbeddingsBodies.WriteAnswer((EmbeddingAnswer)answer, (EmbeddingRequest)request, shape, output);

    /// <inheritdoc/>
    public override void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => OpenAiErrorBody.Write(error, output);

    /// <inheritdoc/>
    public override string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => DeploymentPaths.Path(target, "embeddings");

    /// <inheritdoc/>
    public override string NativeQuery(string query, UpstreamTarget target) => DeploymentPaths.Query(query, target);

    /// <inheritdoc/>
    public override IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new OneShotTap(Content, Counters, EmbeddingsBodies.ReadUsage);
}
