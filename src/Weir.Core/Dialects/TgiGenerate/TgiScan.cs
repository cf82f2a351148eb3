using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.ErrorBodies;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.TgiGenerate;

/// <summary>Learns from tokens of a stream (the last repeats the whole text) or from a whole answer.</summary>
internal sealed class TgiScan
{
    public ResponseFacts Facts { get; } = new();

    /// <summary>One event; gives its text, or null when it has none to show.</summary>
    public string? ApplyEvent(JsonElement data)
    {
        if (ReadError(data))
            return null;
        var token = data.Object("token"u8);
        var text = token?.Flag("special"u8) is true ? null : token?.Text("text"u8);
        Count(text);
        if (data.Text("generated_text"u8) is not null)
            End(data);
        return text;
    }

    /// <summary>A whole answer, which some servers wrap in an array.</summary>
    public string? ApplyBody(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Array && body.GetArrayLength() > 0)
            body = body[0];
        if (ReadError(body) || body.Text("generated_text"u8) is not { } text)
            return null;
        Count(text);
        End(body);
        return text;
    }

    private void End(JsonElement data)
    {
        var details = data.Object("details"u8);
        Facts.FinishReason = details?.Text("finish_reason"u8) ?? "eos_token";
        if (details?.Whole("generated_tokens"u8) is >= 0 and var generated)
        {
            var prompt = details?.Whole("input_length"u8) ?? details?.Items("prefill"u8).Count() ?? 0;
            // The prompt is counted only where it was asked for: without it the output alone is known.
            Facts.Usage = new Usage { InputUncached = Math.Max(0, prompt), OutputVisible = generated };
            Facts.UsageIsFinal = true;
        }

        Facts.IsComplete = Facts.Failure is null;
    }

    private void Count(string? text)
    {
        Facts.ContentStarted |= text is { Length: > 0 };
        Facts.OutputTextBytes += text is null ? 0 : System.Text.Encoding.UTF8.GetByteCount(text);
    }

    private bool ReadError(JsonElement data)
    {
        if (data.Member("error"u8) is not { } error)
            return false;
        Facts.Failure ??= ErrorBodyReader.FromErrorValue(error) with { Type = data.Text("error_type"u8) };
        return true;
    }
}
