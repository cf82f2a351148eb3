using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;
using Weir.Core.Errors;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// OpenAI Responses and the servers that speak it (wire notes §2; the OpenAPI specification's <c>/responses</c>). A
/// conversation is a list of items; a stream is typed events with a running <c>sequence_number</c> and no <c>[DONE]</c>.
/// </summary>
public sealed class OpenAiResponsesDialect : IDialect, IRefersToAnswers, ITokenCountDialect
{
    /// <summary>The dialect's stable name.</summary>
    public const string DialectName = "openai-responses";

    /// <inheritdoc/>
    public string Name => DialectName;

    /// <inheritdoc/>
    public string SigningVendor => SealedReasoning.OwnVendor;

    /// <inheritdoc/>
    public IReadOnlyList<ClientRoute> ClientRoutes { get; } =
        [new("/v1/responses", Operation.Chat), new("/v1/responses/input_tokens", Operation.CountTokens)];

    /// <inheritdoc/>
    public FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => ResponsesFactsReader.Read(body, head.Operation);

    /// <inheritdoc/>
    public ModelRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default) =>
        new ResponsesRequestReader(body, notes).Read();

    /// <inheritdoc/>
    public IReadOnlyList<string> AnswersNamedIn(ReadOnlyMemory<byte> request) => NamedAnswers.In(request);

    /// <inheritdoc/>
    public string? PredecessorOf(ReadOnlyMemory<byte> kept) => KeptAnswer.PredecessorOf(kept);

    /// <inheritdoc/>
    public byte[] WriteOut(ReadOnlyMemory<byte> request, IReadOnlyDictionary<string, byte[]> kept) => NamedAnswers.WriteOut(request, kept);

    /// <inheritdoc/>
    public IResponseWriter CreateResponseWriter(ResponseShape shape) =>
        shape.Stream ? new ResponsesStreamWriter(shape) : new ResponsesDocumentWriter(shape);

    /// <inheritdoc/>
    public void WriteError(GatewayError error, string requestId, IBufferWriter<byte> output) => OpenAiErrorBody.Write(error, output);

    /// <inheritdoc/>
    public void WriteStreamError(GatewayError error, string requestId, IBufferWriter<byte> output,
        StreamFraming framing = StreamFraming.ServerSentEvents) => ResponsesErrorEvent.Write(error, output);

    /// <inheritdoc/>
    public void WriteTokenCount(long tokens, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("object"u8, "response.input_tokens"u8);
        json.WriteNumber("input_tokens"u8, tokens);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public SamplingMembers? SamplingFor(UpstreamTarget target) => Sampling;

    private static SamplingMembers Sampling { get; } = new(["max_output_tokens"], "temperature");

    /// <inheritdoc/>
    public string UpstreamPath(Operation operation, UpstreamTarget target, bool stream) => operation switch
    {
        Operation.CountTokens => "responses/input_tokens",
        Operation.ListModels => "models",
        _ => "responses",
    };

    /// <summary>The model's name, and reasoning of other vendors out of the history.</summary>
    public void PlanSplices(RequestFacts facts, UpstreamTarget target, List<Splice> splices)
    {
        splices.AddRange(facts.RequiredEdits);
        if (facts.Model == target.Model)
            return;
        var name = JsonEncodedText.Encode(target.Model, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        byte[] quoted = [(byte)'"', .. name.EncodedUtf8Bytes, (byte)'"'];
        splices.Add(new Splice(facts.ModelValue.Start, facts.ModelValue.Length, quoted));
        splices.Sort((a, b) => a.Offset.CompareTo(b.Offset));
    }

    /// <inheritdoc/>
    public void WriteRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes) =>
        new ResponsesRequestWriter(target, notes).Write(request, output);

    /// <inheritdoc/>
    public void WriteCountRequest(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteMembers(PickedMembers.Whole(this, request, target, notes), "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "reasoning", "text");
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public long? ReadTokenCount(ReadOnlySpan<byte> body) => PickedMembers.Number(body, "input_tokens");

    /// <inheritdoc/>
    public IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new ResponsesTap();

    /// <inheritdoc/>
    public IResponseReader CreateReader(bool stream, UpstreamTarget target) => new ResponsesReader(target);

    /// <inheritdoc/>
    public UpstreamFailure ReadError(int status, ReadOnlySpan<byte> body) => ErrorBodyReader.Read(status, body);
}
