using System.Buffers;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Events as one chat completion, written at <see cref="ModelEvent.End"/>.</summary>
internal sealed class ChatDocumentWriter(ResponseShape shape) : AnswerWriter
{
    private readonly StringBuilder _text = new(), _refusal = new(), _reasoning = new();
    private readonly List<(int Block, string Id, string Name, StringBuilder Arguments)> _calls = [];
    private readonly List<(string? Text, ModelEvent.Signature Signature)> _details = [];
    private readonly List<RawJson> _annotations = [];
    private RawJson _logprobs;
    private BlockKind _kind;
    private int _thinkingFrom;

    protected override void Add(ModelEvent modelEvent, IBufferWriter<byte> output)
    {
        switch (modelEvent)
        {
            case ModelEvent.BlockStart block:
                _kind = block.Kind;
                _thinkingFrom = _reasoning.Length;
                break;
            case ModelEvent.TextDelta text:
                (_kind switch
                {
                    BlockKind.Thinking or BlockKind.RedactedThinking => _reasoning,
                    BlockKind.Refusal => _refusal,
                    _ => _text,
                }).Append(text.Text);
                break;
            case ModelEvent.Signature signature:
                _details.Add((_kind == BlockKind.RedactedThinking ? null : _reasoning.ToString(_thinkingFrom,
                    _reasoning.Length - _thinkingFrom), signature));
                break;
            case ModelEvent.ToolCallStart call:
                _calls.Add((call.Block, call.Id, call.Name, new StringBuilder()));
                break;
            case ModelEvent.ToolArgumentsDelta arguments:
                _calls.Find(c => c.Block == arguments.Block).Arguments?.Append(arguments.Fragment);
                break;
            case ModelEvent.Citation { Dialect: OpenAiChatDialect.DialectName } citation:
                _annotations.Add(citation.Json);
                break;
            case ModelEvent.Logprobs logprobs:
                _logprobs = logprobs.Json;
                break;
        }
    }

    protected override void WriteError(ModelEvent.Error error, IBufferWriter<byte> output) => ChatErrorEvent.WriteDocument(error, output);

    protected override void WriteEnd(IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, Start?.Id ?? shape.ResponseId);
        json.WriteString("object"u8, "chat.completion"u8);
        json.WriteNumber("created"u8, Start?.CreatedUnixSeconds ?? shape.CreatedUnixSeconds);
        json.WriteString("model"u8, Start?.Model ?? shape.Model);
        json.WriteStartArray("choices"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("message"u8);
        WriteMessage(json);
        json.WriteEndObject();
        if (_logprobs.IsEmpty)
            json.WriteNull("logprobs"u8);
        else
            json.WriteRaw("logprobs"u8, _logprobs);
        json.WriteString("finish_reason"u8, FinishReasons.FromCanon(Finish?.Reason ?? StopReason.EndTurn, shape.LegacyFunctions));
        json.WriteEndObject();
        json.WriteEndArray();
        if (Usage is { } usage)
        {
            json.WritePropertyName("usage"u8);
            ChatUsageWriter.Write(json, usage);
        }

        json.WriteEndObject();
    }

    private void WriteMessage(Utf8JsonWriter json)
    {
        json.WriteString("role"u8, "assistant"u8);
        if (_text.Length == 0 && (_calls.Count > 0 || _refusal.Length > 0))
            json.WriteNull("content"u8);
        else
            json.WriteString("content"u8, _text.ToString());
        if (_refusal.Length > 0)
            json.WriteString("refusal"u8, _refusal.ToString());
        else
            json.WriteNull("refusal"u8);
        if (_reasoning.Length > 0)
            json.WriteString("reasoning_content"u8, _reasoning.ToString());
        if (_details.Count > 0)
        {
            json.WriteStartArray("reasoning_details"u8);
            for (var i = 0; i < _details.Count; i++)
                ReasoningDetailsWriter.Write(json, i, _details[i].Text, _details[i].Signature);
            json.WriteEndArray();
        }

        if (_annotations.Count > 0)
        {
            json.WriteStartArray("annotations"u8);
            foreach (var annotation in _annotations)
                json.WriteRaw(annotation);
            json.WriteEndArray();
        }

        if (_calls.Count == 0)
            return;
        if (shape.LegacyFunctions)
        {
            // The older form has room for one call; the upstream was asked for no more than one.
            WriteFunction(json, "function_call", _calls[0].Name, _calls[0].Arguments);
            return;
        }

        json.WriteStartArray("tool_calls"u8);
        foreach (var (_, id, name, arguments) in _calls)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            json.WriteString("type"u8, "function"u8);
            WriteFunction(json, "function", name, arguments);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFunction(Utf8JsonWriter json, string member, string name, StringBuilder arguments)
    {
        json.WriteStartObject(member);
        json.WriteString("name"u8, name);
        json.WriteString("arguments"u8, arguments.Length == 0 ? "{}" : arguments.ToString());
        json.WriteEndObject();
    }
}
