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
        Facts.ResponseId ??= data.Text("id"u8);
        var delta = data.Object("delta"u8) ?? default;
        var message = delta.Object("message"u8) ?? default;
        switch (data.Text("type"u8))
        {
            case "content-start" or "content-delta":
                var content = message.Object("content"u8) ?? default;
                Count(content.Text("text"u8), content.Text("thinking"u8));
                break;
            case "tool-plan-delta":
                Count(message.Text("tool_plan"u8), null);
                break;
            case "tool-call-start" or "tool-call-delta":
                var function = message.Object("tool_calls"u8)?.Object("function"u8) ?? default;
                Facts.ContentStarted = true;
                Count(function.Text("arguments"u8), null);
                break;
            case "message-end":
                End(delta);
                break;
            case null when data.Member("message"u8) is not null:
                Facts.Failure ??= ErrorBodyReader.FromErrorValue(data);
                break;
        }
    }

    /// <summary>A whole answer.</summary>
    public void ApplyBody(JsonElement body)
    {
        Facts.ResponseId = body.Text("id"u8);
        var message = body.Object("message"u8);
        foreach (var part in message?.Items("content"u8) ?? default)
            Count(part.Text("text"u8), part.Text("thinking"u8));
        Count(message?.Text("tool_plan"u8), null);
        foreach (var call in message?.Items("tool_calls"u8) ?? default)
            Count(call.Object("function"u8)?.Text("arguments"u8), null);
        if (message is not null)
            End(body);
    }

    private void End(JsonElement end)
    {
        Facts.FinishReason = end.Text("finish_reason"u8) ?? Facts.FinishReason;
        if (end.Object("usage"u8) is { } usage)
            Facts.Usage = CohereUsage.Read(usage);
        Facts.UsageIsFinal = Facts.Usage is not null;
        if (Facts.FinishReason is "ERROR")
            Facts.Failure ??= new UpstreamFailure(0, "ERROR", null, end.Text("error"u8) ?? "The upstream ended its answer with an error.");
        Facts.IsComplete = Facts.Failure is null;
    }

    private void Count(string? text, string? thinking)
    {
        Facts.OutputTextBytes += text is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(text);
        Facts.ReasoningTextBytes += thinking is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(thinking);
        Facts.ContentStarted |= text is { Length: > 0 } || thinking is { Length: > 0 };
    }
}
