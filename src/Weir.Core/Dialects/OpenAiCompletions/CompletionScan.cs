using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>Learns from chunks or a whole answer; the same for the tap and the translating reader.</summary>
internal sealed class CompletionScan(int choices)
{
    private int _finished;

    public ResponseFacts Facts { get; } = new();

    public void Apply(JsonElement data)
    {
        Facts.ResponseId ??= data.Text("id"u8);
        Facts.ServedModel ??= data.Text("model"u8) is { Length: > 0 } model ? model : null;
        foreach (var choice in data.Items("choices"u8))
        {
            if (choice.Text("text"u8) is { Length: > 0 } text)
            {
                Facts.ContentStarted = true;
                Facts.OutputTextBytes += System.Text.Encoding.UTF8.GetByteCount(text);
            }

            if (choice.Text("finish_reason"u8) is not { Length: > 0 } finish)
                continue;
            Facts.FinishReason = finish;
            _finished++;
        }

        Facts.MayEndUnmarked = _finished >= choices;

        if (data.Member("error"u8) is { } error && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
            Facts.Failure ??= ErrorBodyReader.FromErrorValue(data.GetProperty("error"u8));
        if (data.Object("usage"u8) is not { } usage)
            return;
        Facts.Usage = Read(usage);
        Facts.UsageIsFinal = _finished >= choices || !data.Items("choices"u8).Any();
    }

    public void Close()
    {
        Facts.IsComplete = Facts.Failure is null;
        Facts.UsageIsFinal = Facts.Usage is not null;
    }

    private static Usage Read(JsonElement usage)
    {
        var prompt = Math.Max(0, usage.Whole("prompt_tokens"u8) ?? 0);
        var completion = Math.Max(0, usage.Whole("completion_tokens"u8) ?? 0);
        var cached = Math.Clamp(usage.Object("prompt_tokens_details"u8)?.Whole("cached_tokens"u8) ?? 0, 0, prompt);
        var reasoning = Math.Clamp(usage.Object("completion_tokens_details"u8)?.Whole("reasoning_tokens"u8) ?? 0, 0, completion);
        return new Usage { InputUncached = prompt - cached, CacheRead = cached, OutputVisible = completion - reasoning, Reasoning = reasoning };
    }
}
