using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Multipart;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.PassThrough;

/// <summary>
/// What OpenAI's calls beside chat have in common: bytes pass in both directions, only the model's name is spliced, JSON
/// bodies are held and forms are passed on while they arrive, and nothing is ever translated.
/// </summary>
public abstract class PassThroughDialect : IDialect
{
    private const string Root = "/v1/";

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public bool CanTranslate => false;

    /// <inheritdoc/>
    public abstract IReadOnlyList<ClientRoute> ClientRoutes { get; }

    /// <summary>What the API takes when a call names no model, or null when it must name one.</summary>
    protected virtual string? DefaultModel(Operation operation) => null;

    /// <inheritdoc/>
    public virtual (IBodyScan? Scan, BadRequest? Error) CreateScan(CallHead head)
    {
        if (!MultipartBoundary.IsForm(head.ContentType))
            return default;
        return MultipartBoundary.Find(head.ContentType) is { } boundary
            ? (CreateFormScan(head, boundary), null)
            : (null, new BadRequest("invalid_multipart", "The content type multipart/form-data needs one boundary of 1 to 70 allowed characters.", null));
    }

    /// <inheritdoc/>
    public virtual FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => ModelFactsReader.Read(body, DefaultModel(head.Operation), head.Operation == Operation.Speech);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) => throw NoTranslation();

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) => throw NoTranslation();

    /// <inheritdoc/>
    public virtual void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => OpenAiErrorBody.Write(error, output);

    /// <inheritdoc/>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.ServerSentEvents)
    {
        output.Write("event: error\ndata: "u8);
        OpenAiErrorBody.Write(error, output);
        output.Write("\n\n"u8);
    }

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) =>
        throw new NotSupportedException("The path stands in the call's head.");

    /// <inheritdoc/>
    public virtual string UpstreamPath(CallHead head, UpstreamTarget target, bool stream) =>
        head.Path is { } path && path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..] : throw new NotSupportedException($"{Name} is served below {Root} only.");

    /// <inheritdoc/>
    public virtual StreamFraming? FramingOf(string? mediaType, RequestFacts facts) =>
        string.Equals(mediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase) ? StreamFraming.ServerSentEvents
        : IsJson(mediaType) ? null
        : StreamFraming.Raw;

    /// <inheritdoc/>
    public virtual void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices) => ModelSplices.Plan(facts, target.Model, splices);

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) => throw NoTranslation();

    /// <inheritdoc/>
    public abstract IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target);

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => throw NoTranslation();

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);

    /// <summary>The scan of a form.</summary>
    protected virtual IBodyScan CreateFormScan(CallHead head, string boundary) => new FormScan(boundary, DefaultModel(head.Operation));

    private static bool IsJson(string? mediaType) => mediaType is not null
        && (mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private static InvalidOperationException NoTranslation() => new("These calls have the same-dialect lane only; CanTranslate must be asked first.");
}
