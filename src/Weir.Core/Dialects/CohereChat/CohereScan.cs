using System.Text.Json;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>Learns from events or a whole answer; the same for the tap and the translating reader.</summary>
internal sealed class CohereScan
{
    public ResponseFacts Facts { get; } = new();

    /// <summary>One event, parsed.</summary>
    public void ApplyEvent(JsonElement data)
    {
        Facts.ResponseId ??= data.TextOf("id"u8);
        var delta = data.ObjectOf("delta"u8) ?? default;
        var message = delta.ObjectOf("message"u8) ?? default;
        switch (data.TextOf("type"u8))
        {
            case "content-start" or "content-delta":
                var content = message.ObjectOf("content"u8) ?? default;
                Count(content.TextOf("text"u8), content.TextOf("thinking"u8));
                break;
            case "tool-plan-delta":
                Count(message.TextOf("tool_plan"u8), null);
                break;
            case "tool-call-start" or "tool-call-delta":
                var function = message.ObjectOf("tool_calls"u8)?.ObjectOf("function"u8) ?? default;
                Facts.ContentStarted = true;
                Count(function.TextOf("arguments"u8), null);
                break;
            case "message-end":
                End(delta);
                break;
            case null when data.MemberOf("message"u8) is not null:
                Facts.Failure ??= ErrorBodyReader.FromErrorValue(data);
                break;
        }
    }

    /// <summary>A whole answer.</summary>
    public void ApplyBody(JsonElement body)
    {
        Facts.ResponseId = body.TextOf("id"u8);
        var message = body.ObjectOf("message"u8);
        foreach (var part in message?.ItemsOf("content"u8) ?? default)
            Count(part.TextOf("text"u8), part.TextOf("thinking"u8));
        Count(message?.TextOf("tool_plan"u8), null);
        foreach (var call in message?.ItemsOf("tool_calls"u8) ?? default)
            Count(call.ObjectOf("function"u8)?.TextOf("arguments"u8), null);
        if (message is not null)
            End(body);
    }

    private void End(JsonElement end)
    {
        Facts.FinishReason = end.TextOf("finish_reason"u8) ?? Facts.FinishReason;
        if (end.ObjectOf("usage"u8) is { } usage)
            Facts.Usage = CohereUsage.Read(usage);
        Facts.UsageIsFinal = Facts.Usage is not null;
        if (Facts.FinishReason is "ERROR")
            Facts.Failure ??= new UpstreamFailure(0, "ERROR", null, end.TextOf("error"u8) ?? "The upstream ended its answer with an error.");
        Facts.IsComplete = Facts.Failure is null;
    }

    private void Count(string? text, string? thinking)
    {
        Facts.OutputTextBytes += text is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(text);
        Facts.ReasoningTextBytes += thinking is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(thinking);
        Facts.ContentStarted |= text is { Length: > 0 } || thinking is { Length: > 0 };
    }
}
