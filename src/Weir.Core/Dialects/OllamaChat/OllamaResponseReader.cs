using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>Reads a chat answer, lines or whole, into events.</summary>
internal sealed class OllamaResponseReader : IResponseReader
{
    private readonly OllamaScan _scan = new();
    private int _nextBlock;
    private int _open = -1;
    private BlockKind _kind;
    private int _calls;
    private bool _started, _ended;

    public ResponseFacts Facts => _scan.Facts;

    public void OnFrame(in Frame frame, List<ModelEvent> events)
    {
        if (!_ended && !frame.Data.IsEmpty)
            Read(frame.Data, events);
    }

    public void OnBody(ReadOnlyMemory<byte> body, List<ModelEvent> events)
    {
        Read(body.Span, events);
        if (!_ended)
            Fail(new UpstreamFailure(0, null, "malformed_response", "The upstream's answer is not an Ollama chat answer."), events);
    }

    private void Read(ReadOnlySpan<byte> data, List<ModelEvent> events)
    {
        if (!_scan.Apply(data) || JsonElements.Parse(data) is not { } line)
        {
            Fail(new UpstreamFailure(0, null, "malformed_chunk", "The upstream sent a line that is not JSON."), events);
            return;
        }

        if (Facts.Failure is not null)
        {
            Fail(Facts.Failure, events);
            return;
        }

        var stamp = line.Text("created_at"u8) ?? "";
        if (!_started)
        {
            _started = true;
            long? created = DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.ToUnixTimeSeconds() : null;
            events.Add(new ModelEvent.Start(null, Facts.ServedModel, created));
        }

        var message = line.Object("message"u8) ?? default;
        Add(BlockKind.Thinking, message.Text("thinking"u8), events);
        Add(BlockKind.Text, message.Text("content"u8), events);
        foreach (var call in message.Items("tool_calls"u8))
            AddCall(call, stamp, events);
        if (line.Member("logprobs"u8) is { ValueKind: JsonValueKind.Array } logprobs && logprobs.GetArrayLength() > 0)
            events.Add(new ModelEvent.Logprobs(Math.Max(0, _open), RawJson.FromText($$"""{"content":{{logprobs.GetRawText()}}}""")));
        if (Facts.IsComplete)
            Close(events);
    }

    private void Close(List<ModelEvent> events)
    {
        CloseBlock(events);
        _ended = true;
        if (Facts.Usage is { } usage)
            events.Add(new ModelEvent.UsageUpdate(usage));
        var reason = Facts.FinishReason switch
        {
            "length" => StopReason.MaxTokens,
            "stop" or "load" or "unload" => _calls > 0 ? StopReason.ToolUse : StopReason.EndTurn,
            _ => StopReason.Other,
        };
        events.Add(new ModelEvent.Finish(reason, Facts.FinishReason));
        events.Add(new ModelEvent.End());
    }

    private void Add(BlockKind kind, string? text, List<ModelEvent> events)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (_open < 0 || _kind != kind)
        {
            CloseBlock(events);
            (_open, _kind) = (_nextBlock++, kind);
            events.Add(new ModelEvent.BlockStart(_open, kind));
        }

        events.Add(new ModelEvent.TextDelta(_open, text));
    }

    private void AddCall(JsonElement call, string stamp, List<ModelEvent> events)
    {
        if (call.Object("function"u8) is not { } function || function.Text("name"u8) is not { Length: > 0 } name)
            return;
        CloseBlock(events);
        var block = _nextBlock++;
        var id = call.Text("id"u8) is { Length: > 0 } sent ? sent : MakeId(stamp, _calls);
        _calls++;
        var arguments = function.Member("arguments"u8);
        events.Add(new ModelEvent.ToolCallStart(block, id, name));
        events.Add(new ModelEvent.ToolArgumentsDelta(block, arguments is { ValueKind: JsonValueKind.String } text ? text.Text() : arguments?.GetRawText() ?? "{}"));
        events.Add(new ModelEvent.BlockStop(block));
    }

    // Older servers send no ids. This one is the same whenever these bytes are read, and another in every answer.
    private static string MakeId(string stamp, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"call_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stamp)).AsSpan(0, 8))}_{index}");

    private void CloseBlock(List<ModelEvent> events)
    {
        if (_open < 0)
            return;
        events.Add(new ModelEvent.BlockStop(_open));
        _open = -1;
    }

    private void Fail(UpstreamFailure failure, List<ModelEvent> events)
    {
        _ended = true;
        Facts.Failure ??= failure;
        Facts.IsComplete = false;
        events.Add(new ModelEvent.Error(failure.Type ?? failure.Code, failure.Message ?? "The upstream reported an error.", failure.Status == 0 ? null : failure.Status));
    }
}
