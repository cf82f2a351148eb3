using Weir.Core.Dialects.PassThrough;

namespace Weir.Core.Dialects.OpenAiObjects;

/// <summary>
/// OpenAI's objects (wire notes §3): files, uploads, batches, vector stores, conversations and containers. No model is named; the provider is the
/// one that has the object, and only the tenant that made an object sees it.
/// </summary>
public sealed class OpenAiObjectsDialect : PassThroughDialect
{
    /// <inheritdoc/>
    public override string Name => "openai-objects";

    /// <inheritdoc/>
    public override IReadOnlyList<ClientRoute> ClientRoutes { get; } =
    [
        .. Routes(Operation.Files, "POST /v1/files", "GET /v1/files", "GET /v1/files/{id}", "DELETE /v1/files/{id}", "GET /v1/files/{id}/content"),
        .. Routes(Operation.Files, "POST /v1/uploads", "POST /v1/uploads/{id}/parts", "POST /v1/uploads/{id}/complete", "POST /v1/uploads/{id}/cancel"),
        .. Routes(Operation.Batches, "POST /v1/batches", "GET /v1/batches", "GET /v1/batches/{id}", "POST /v1/batches/{id}/cancel"),
        .. Routes(Operation.VectorStores, "POST /v1/vector_stores", "GET /v1/vector_stores", "GET /v1/vector_stores/{id}", "POST /v1/vector_stores/{id}",
            "DELETE /v1/vector_stores/{id}", "POST /v1/vector_stores/{id}/search"),
        .. Routes(Operation.VectorStores, "POST /v1/vector_stores/{id}/files", "GET /v1/vector_stores/{id}/files", "GET /v1/vector_stores/{id}/files/{file}",
            "POST /v1/vector_stores/{id}/files/{file}", "DELETE /v1/vector_stores/{id}/files/{file}", "GET /v1/vector_stores/{id}/files/{file}/content"),
        .. Routes(Operation.VectorStores, "POST /v1/vector_stores/{id}/file_batches", "GET /v1/vector_stores/{id}/file_batches/{batch}",
            "POST /v1/vector_stores/{id}/file_batches/{batch}/cancel", "GET /v1/vector_stores/{id}/file_batches/{batch}/files"),
        .. Routes(Operation.Conversations, "POST /v1/conversations", "GET /v1/conversations/{id}", "POST /v1/conversations/{id}", "DELETE /v1/conversations/{id}",
            "POST /v1/conversations/{id}/items", "GET /v1/conversations/{id}/items", "GET /v1/conversations/{id}/items/{item}", "DELETE /v1/conversations/{id}/items/{item}"),
        .. Routes(Operation.Containers, "POST /v1/containers", "GET /v1/containers", "GET /v1/containers/{id}", "DELETE /v1/containers/{id}", "POST /v1/containers/{id}/files",
            "GET /v1/containers/{id}/files", "GET /v1/containers/{id}/files/{file}", "DELETE /v1/containers/{id}/files/{file}", "GET /v1/containers/{id}/files/{file}/content"),
    ];

    /// <inheritdoc/>
    public override FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => ObjectFactsReader.Read(body, head);

    /// <inheritdoc/>
    public override StreamFraming? FramingOf(string? mediaType, RequestFacts facts) =>
        facts.Objects!.IsContent ? StreamFraming.Raw : null;

    /// <inheritdoc/>
    public override IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new ObjectTap(facts.Objects!);

    /// <inheritdoc/>
    protected override IBodyScan CreateFormScan(CallHead head, string boundary) =>
        new UploadScan(ObjectFactsReader.Facts(ObjectPath.Read(head.Method ?? "POST", head.Path!), boundary), boundary);

    private static IEnumerable<ClientRoute> Routes(Operation operation, params IEnumerable<string> calls) =>
        calls.Select(c => c.Split(' ')).Select(c => new ClientRoute(c[1], operation) { Method = c[0] });
}
