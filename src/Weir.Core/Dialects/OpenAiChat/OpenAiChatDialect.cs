using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>
/// OpenAI Chat Completions and the servers that speak it (wire notes §1, §10). How a server departs from it is in its
/// <see cref="UpstreamQuirks"/>; what none of them may depart from is read tolerantly.
/// Mistral's fill-in-the-middle is here too: it answers in chat's shape, and is never translated.
/// </summary>
public sealed class OpenAiChatDialect : IDialect
{
    /// <summary>The dialect's stable name.</summary>
    public const string DialectName = "openai-chat";

    /// <inheritdoc/>
    public string Name => DialectName;

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } =
    [
        new("/v1/chat/completions", Operation.Chat),
        new("/openai/v1/chat/completions", Operation.Chat),
        new("/openai/deployments/{model}/chat/completions", Operation.Chat),
        new("/v1/fim/completions", Operation.Completion),
    ];

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => ChatFactsReader.Read(body, head);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) => new ChatRequestReader(body, notes, head).Read();

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) =>
        shape.Stream ? new ChatStreamWriter(shape) : new ChatDocumentWriter(shape);

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
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => operation switch
    {
        Operation.ListModels => "models",
        Operation.Completion => "fim/completions",
        _ => DeploymentPaths.Path(target, "chat/completions"),
    };

    /// <inheritdoc/>
    public string NativeQuery(string query, UpstreamTarget target) => DeploymentPaths.Query(query, target);

    /// <inheritdoc/>
    public SamplingMembers? SamplingFor(UpstreamTarget target) => target.Quirks.UsesMaxCompletionTokens ? NewSampling : Sampling;

    private static SamplingMembers NewSampling { get; } = new(["max_completion_tokens", "max_tokens"], "temperature");
    private static SamplingMembers Sampling { get; } = new(["max_tokens", "max_completion_tokens"], "temperature");

    /// <inheritdoc/>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices) => ChatSplices.Plan(facts, target, splices);

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        new ChatRequestWriter(target, notes).Write(request, output);

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new ChatTap(facts, target);

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => new ChatResponseReader(target);

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);
}
