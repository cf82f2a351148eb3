using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>
/// Anthropic Messages, both sides: <c>POST /v1/messages</c> (operation Chat) and <c>/v1/messages/count_tokens</c>.
/// Source of facts: the type files of @anthropic-ai/sdk 1.11.0 and recorded traffic.
/// </summary>
public sealed class AnthropicMessagesDialect : IDialect, ITokenCountDialect
{
    /// <summary>The stable name.</summary>
    public const string DialectName = "anthropic-messages";

    /// <inheritdoc/>
    public string Name => DialectName;

    /// <inheritdoc/>
    public bool ClientsCarryReasoning => true;

    /// <inheritdoc/>
    public string? SigningVendor => SignatureEnvelope.Anthropic;

    /// <inheritdoc/>
    public string RequestIdHeader => "request-id";

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } = [new("/v1/messages", Operation.Chat), new("/v1/messages/count_tokens", Operation.CountTokens)];

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => AnthropicFactsReader.Read(body, head.Operation);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) => AnthropicRequestReader.Read(body, notes);

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape)
        => shape.Stream ? new MessageStreamWriter(shape) : new WholeMessageWriter(shape);

    /// <inheritdoc/>
    public void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => ErrorBody.Write(error, requestId, output);

    /// <inheritdoc/>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output, StreamFraming framing = StreamFraming.ServerSentEvents)
        => StreamError.Write(ErrorTypes.Of(error.Kind), error.SafeMessage, requestId, output);

    /// <summary>The dialect has an event of its own for this; its clients skip it by name.</summary>
    public void WriteKeepAlive(IBufferWriter<byte> output, StreamFraming framing) => output.Write("event: ping\ndata: {\"type\": \"ping\"}\n\n"u8);

    /// <inheritdoc/>
    public void WriteTokenCount(long tokens, IBufferWriter<byte> output) => CountTokensBody.Write(tokens, output);

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => operation switch
    {
        Operation.CountTokens => "messages/count_tokens",
        Operation.ListModels or Operation.GetModel => "models",
        _ => "messages",
    };

    /// <inheritdoc/>
    public SamplingMembers? SamplingFor(UpstreamTarget target) => Sampling;

    private static SamplingMembers Sampling { get; } = new(["max_tokens"], "temperature") { Thinking = ThinkingBudget.Anthropic };

    /// <inheritdoc/>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
        if (facts.ModelValue.IsPresent && facts.Model != target.Model)
            splices.Add(new Splice(facts.ModelValue.Start, facts.ModelValue.Length, Quote(target.Model)));
        if (facts.RequiredEdits.Count == 0)
            return;
        splices.AddRange(facts.RequiredEdits);
        splices.Sort((a, b) => a.Offset.CompareTo(b.Offset));
    }

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
        => AnthropicRequestWriter.Write(request, target, output, notes);

    /// <inheritdoc/>
    public void WriteCountRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        using Utf8JsonWriter json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteMembers(PickedMembers.Whole(this, request, target, notes), "model", "messages", "system", "tools", "tool_choice", "thinking", "output_config");
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public long? ReadTokenCount(ReadOnlySpan<byte> body) => CountTokensBody.TryRead(body, out long tokens) ? tokens : null;

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new AnthropicTap();

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => new AnthropicResponseReader();

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);

    private static byte[] Quote(string text)
    {
        JsonEncodedText encoded = JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return [(byte)'"', .. encoded.EncodedUtf8Bytes, (byte)'"'];
    }
}
