using System.Text;
using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.BedrockInvoke;

/// <summary>Token counts of a wrapped vendor answer, from the best place that tells them.</summary>
internal sealed class InvokeUsage
{
    private (long? Input, long? Output, long Read, long Write) _headers, _metrics, _titan;
    private (long? Input, long? Output, long Read, long Write5m, long Write1h) _claude;

    /// <summary>Bedrock's closing metrics came: nothing follows.</summary>
    public bool IsFinal { get; private set; }

    public void TakeHeaders(long? input, long? output, long? read, long? write) => _headers = (input, output, read ?? 0, write ?? 0);

    public void Take(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object)
            return;
        if (document.TryGetProperty("amazon-bedrock-invocationMetrics"u8, out var metrics) && metrics.ValueKind == JsonValueKind.Object)
        {
            _metrics = (Int(metrics, "inputTokenCount"u8), Int(metrics, "outputTokenCount"u8), Int(metrics, "cacheReadInputTokenCount"u8) ?? 0, Int(metrics, "cacheWriteInputTokenCount"u8) ?? 0);
            IsFinal = true;
        }
        if (Int(document, "totalOutputTextTokenCount"u8) is { } titan)
            _titan = (Int(document, "inputTextTokenCount"u8) ?? _titan.Input, titan, 0, 0);
        if (document.TryGetProperty("message"u8, out var message) && message.ValueKind == JsonValueKind.Object)
            TakeClaude(message);
        TakeClaude(document);
    }

    /// <summary>The best counts so far, or null.</summary>
    public Usage? Read()
    {
        if (_claude.Input is { } input)
        {
            return new Usage
            {
                InputUncached = input,
                CacheRead = _claude.Read,
                CacheWrite5m = _claude.Write5m,
                CacheWrite1h = _claude.Write1h,
                OutputVisible = _claude.Output ?? _metrics.Output ?? _headers.Output ?? 0,
            };
        }
        var told = _metrics.Input is not null || _metrics.Output is not null ? _metrics : _headers.Input is not null || _headers.Output is not null ? _headers : _titan;
        return told.Input is null && told.Output is null ? null
            : new Usage { InputUncached = told.Input ?? 0, OutputVisible = told.Output ?? 0, CacheRead = told.Read, CacheWrite5m = told.Write };
    }

    /// <summary>The vendor's word for why the answer ended, wherever it stands.</summary>
    public static string? FinishOf(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object)
            return null;
        if (document.TryGetProperty("amazon-bedrock-guardrailAction"u8, out var action) && action.ValueKind == JsonValueKind.String && action.ValueEquals("INTERVENED"u8))
            return "guardrail_intervened";
        foreach (var name in (ReadOnlySpan<string>)["stop_reason", "stopReason", "completionReason", "finish_reason"])
        {
            if (document.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                return value.GetString();
        }
        foreach (var name in (ReadOnlySpan<string>)["delta", "results", "outputs", "generations", "choices", "messageStop"])
        {
            if (!document.TryGetProperty(name, out var value))
                continue;
            if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
                value = value[0];
            if (FinishOf(value) is { } found)
                return found;
        }
        return null;
    }

    /// <summary>The model Claude's answers name.</summary>
    public static string? ModelOf(JsonElement document)
    {
        if (document.ValueKind == JsonValueKind.Object && document.TryGetProperty("message"u8, out var message))
            return ModelOf(message);
        return document.ValueKind == JsonValueKind.Object && document.TryGetProperty("model"u8, out var model) && model.ValueKind == JsonValueKind.String ? model.GetString() : null;
    }

    /// <summary>Bytes of generated text in a chunk, whatever the vendor calls it.</summary>
    public static long TextBytes(JsonElement document)
    {
        long bytes = 0;
        if (document.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in document.EnumerateArray())
                bytes += TextBytes(item);
        }
        if (document.ValueKind != JsonValueKind.Object)
            return bytes;
        foreach (var member in document.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String)
                bytes += TextBytes(member.Value);
            else if (member.Name is "text" or "outputText" or "completion" or "generation" or "partial_json" or "thinking" or "content" or "input")
                bytes += Encoding.UTF8.GetByteCount(member.Value.GetString()!);
        }
        return bytes;
    }

    private void TakeClaude(JsonElement holder)
    {
        if (!holder.TryGetProperty("usage"u8, out var usage) || usage.ValueKind != JsonValueKind.Object)
            return;
        _claude.Input = Int(usage, "input_tokens"u8) ?? _claude.Input;
        _claude.Output = Int(usage, "output_tokens"u8) ?? _claude.Output;
        _claude.Read = Int(usage, "cache_read_input_tokens"u8) ?? _claude.Read;
        var written = Int(usage, "cache_creation_input_tokens"u8);
        if (usage.TryGetProperty("cache_creation"u8, out var classes) && classes.ValueKind == JsonValueKind.Object)
            (_claude.Write5m, _claude.Write1h) = (Int(classes, "ephemeral_5m_input_tokens"u8) ?? 0, Int(classes, "ephemeral_1h_input_tokens"u8) ?? 0);
        else if (written is { } all)
            _claude.Write5m = all;
    }

    private static long? Int(JsonElement element, ReadOnlySpan<byte> name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and < 1e15 ? (long)number : null;
}
