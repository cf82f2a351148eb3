using Weir.Core.Dialects.ErrorBodies;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>Keeps <see cref="ResponseFacts"/> from scans; the same for the tap and the translating reader.</summary>
internal sealed class ChatFacts(UpstreamQuirks quirks, int choices)
{
    private string? _tier;
    private int _finished;

    public ResponseFacts Facts { get; } = new();

    /// <summary>A chunk, or the whole answer.</summary>
    public void Apply(in ChatScan scan)
    {
        Facts.ResponseId ??= string.IsNullOrEmpty(scan.Id) ? null : scan.Id;
        Facts.ServedModel ??= string.IsNullOrEmpty(scan.Model) ? null : scan.Model;
        _tier = scan.ServiceTier ?? _tier;
        Facts.FinishReason = scan.FinishReason ?? Facts.FinishReason;
        _finished += scan.FinishedChoices;
        Facts.OutputTextBytes += scan.TextBytes;
        Facts.ReasoningTextBytes += scan.ReasoningBytes;
        Facts.ContentStarted |= scan.HasContent;
        Facts.Failure ??= scan.Failure;
        if (scan.Usage is { } counters)
        {
            Facts.Usage = counters.ToUsage(quirks, _tier);
            // A count in a chunk that still carries text runs on (Perplexity, vLLM's continuous_usage_stats).
            Facts.UsageIsFinal = scan.Choices <= 0 || _finished >= choices;
        }

        // [DONE] is missing on some servers (gpustack), and so is usage that was asked for.
        Facts.MayEndUnmarked = _finished >= choices;
        if (scan.SaysDone)
            Close();
    }

    /// <summary>The end marker.</summary>
    public void Close()
    {
        Facts.IsComplete = Facts.Failure is null;
        Facts.UsageIsFinal = Facts.Usage is not null;
    }

    /// <summary>llama-box writes <c>error: {…}</c> as a field of its own after the last chunk.</summary>
    public bool TakeErrorField(ReadOnlySpan<byte> raw)
    {
        var line = raw.TrimStart("\r\n "u8);
        if (!line.StartsWith("error:"u8))
            return false;
        Facts.Failure ??= ErrorBodyReader.Read(0, line["error:".Length..].Trim("\r\n "u8));
        Facts.IsComplete = false;
        return true;
    }

    /// <summary>A whole body.</summary>
    public ChatScan ApplyBody(ReadOnlySpan<byte> body)
    {
        var scan = ChatScan.Of(body, wantsIdentity: true);
        Apply(scan);
        Facts.IsComplete = scan is { IsWellFormed: true, NamesChoices: true } && Facts.Failure is null;
        Facts.UsageIsFinal = Facts.Usage is not null;
        return scan;
    }
}
