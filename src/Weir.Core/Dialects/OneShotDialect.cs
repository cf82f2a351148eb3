using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Errors;

namespace Weir.Core.Dialects;

/// <summary>What all dialects of one question and one answer have in common: no conversation, no stream, the model's name as the only edit.</summary>
public abstract class OneShotDialect : IOneShotDialect
{
    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public bool CanTranslate => false;

    /// <inheritdoc/>
    public abstract IReadOnlyList<ClientRoute> ClientRoutes { get; }

    /// <inheritdoc/>
    public abstract bool Translates(Operation operation);

    /// <inheritdoc/>
    public abstract FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head);

    /// <inheritdoc/>
    public abstract OneShotRequest ReadOneShot(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head);

    /// <inheritdoc/>
    public abstract void WriteOneShot(OneShotRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes);

    /// <inheritdoc/>
    public abstract OneShotAnswer? ReadOneShotAnswer(ReadOnlyMemory<byte> body, OneShotRequest request);

    /// <inheritdoc/>
    public abstract void WriteOneShotAnswer(OneShotAnswer answer, OneShotRequest request, ResponseShape shape, IBufferWriter<byte> output);

    /// <inheritdoc/>
    public abstract void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output);

    /// <inheritdoc/>
    public abstract string UpstreamPath(Operation operation, UpstreamTarget target, bool stream);

    /// <inheritdoc/>
    public virtual string NativeQuery(string query, UpstreamTarget target) => query;

    /// <inheritdoc/>
    public abstract IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target);

    /// <inheritdoc/>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.ServerSentEvents) =>
        WriteError(error, requestId, output);

    /// <inheritdoc/>
    public virtual void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices) => ModelSplice.Plan(facts, target, splices);

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) => throw NoConversation();

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) => throw NoConversation();

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) => throw NoConversation();

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => throw NoConversation();

    private InvalidOperationException NoConversation() => new($"{Name} carries no conversation; CanTranslate must be asked first.");
}
