using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.GeminiLive;

/// <summary>
/// Finds <c>usageMetadata</c>, which may stand at the end of any message; each is one answer's. Counts are by modality:
/// tokens whose modality is not told are text.
/// </summary>
internal sealed class LiveTap : ISessionTap
{
    public bool IsAnswering { get; private set; }

    public bool Wants(ReadOnlySpan<byte> start)
    {
        IsAnswering = true;
        return true;
    }

    public SessionAnswer? Read(ReadOnlySpan<byte> message)
    {
        if (message.IndexOf("turnComplete\""u8) >= 0 || message.IndexOf("setupComplete\""u8) >= 0)
            IsAnswering = false;
        if (message.IndexOf("\"usageMetadata\""u8) < 0)
            return null;
        try
        {
            var json = new Utf8JsonReader(message);
            using var document = JsonDocument.ParseValue(ref json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("usageMetadata"u8, out var usage)
                && usage.ValueKind == JsonValueKind.Object ? new SessionAnswer(ReadUsage(usage), null, "turnComplete") : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Usage ReadUsage(JsonElement usage)
    {
        var prompt = Count(usage, "promptTokenCount") + Count(usage, "toolUsePromptTokenCount");
        var cached = Count(usage, "cachedContentTokenCount");
        var (audioIn, imageIn) = (Of(usage, "promptTokensDetails", "AUDIO"), Of(usage, "promptTokensDetails", "IMAGE") + Of(usage, "promptTokensDetails", "VIDEO"));
        var answer = Math.Max(Count(usage, "responseTokenCount"), Count(usage, "candidatesTokenCount"));
        var (audioOut, imageOut) = (Of(usage, "responseTokensDetails", "AUDIO"), Of(usage, "responseTokensDetails", "IMAGE"));
        return new Usage
        {
            InputUncached = Math.Max(0, prompt - cached - audioIn - imageIn),
            CacheRead = cached,
            InputAudio = audioIn,
            InputImage = imageIn,
            OutputVisible = Math.Max(0, answer - audioOut - imageOut),
            Reasoning = Count(usage, "thoughtsTokenCount"),
            OutputAudio = audioOut,
            OutputImage = imageOut,
        };
    }

    private static long Of(JsonElement usage, string list, string modality)
    {
        if (!usage.TryGetProperty(list, out var details) || details.ValueKind != JsonValueKind.Array)
            return 0;
        var sum = 0L;
        foreach (var detail in details.EnumerateArray())
        {
            if (detail.ValueKind == JsonValueKind.Object && detail.TryGetProperty("modality"u8, out var word) && word.ValueKind == JsonValueKind.String && word.ValueEquals(modality))
                sum += Count(detail, "tokenCount");
        }
        return sum;
    }

    private static long Count(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var count) && count >= 0 ? count : 0;
}
