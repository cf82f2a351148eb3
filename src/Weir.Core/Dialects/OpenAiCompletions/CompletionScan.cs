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
        Facts.ResponseId ??= data.TextOf("id"u8);
        Facts.ServedModel ??= data.TextOf("model"u8) is { Length: > 0 } model ? model : null;
        foreach (var choice in data.ItemsOf("choices"u8))
        {
            if (choice.TextOf("text"u8) is { Length: > 0 } text)
            {
                Facts.ContentStarted = true;
                Facts.OutputTextBytes += System.Text.Encoding.UTF8.GetByteCount(text);
            }

            if (choice.TextOf("finish_reason"u8) is not { Length: > 0 } finish)
                continue;
            Facts.FinishReason = finish;
            _finished++;
        }

        Facts.MayEndUnmarked = _finished >= choices;

        if (data.MemberOf("error"u8) is { } error && error.ValueKind is JsonValueKind.Object or JsonValueKind.String)
            Facts.Failure ??= ErrorBodyReader.FromErrorValue(data.GetProperty("error"u8));
        if (data.ObjectOf("usage"u8) is not { } usage)
            return;
        Facts.Usage = Read(usage);
        Facts.UsageIsFinal = _finished >= choices || !data.ItemsOf("choices"u8).Any();
    }

    public void Close()
    {
        Facts.IsComplete = Facts.Failure is null;
        Facts.UsageIsFinal = Facts.Usage is not null;
    }

    private static Usage Read(JsonElement usage)
    {
        var prompt = Math.Max(0, usage.WholeOf("prompt_tokens"u8) ?? 0);
        var completion = Math.Max(0, usage.WholeOf("completion_tokens"u8) ?? 0);
        var cached = Math.Clamp(usage.ObjectOf("prompt_tokens_details"u8)?.WholeOf("cached_tokens"u8) ?? 0, 0, prompt);
        var reasoning = Math.Clamp(usage.ObjectOf("completion_tokens_details"u8)?.WholeOf("reasoning_tokens"u8) ?? 0, 0, completion);
        return new Usage { InputUncached = prompt - cached, CacheRead = cached, OutputVisible = completion - reasoning, Reasoning = reasoning };
    }
}
