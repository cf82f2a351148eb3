using System.Diagnostics;
using Weir.Core.Canon;

namespace Weir.Core.Telemetry;

/// <summary>Token counts as span attributes, in the convention's overlapping sense (input includes cached, output includes reasoning).</summary>
internal static class UsageTags
{
    public static void Set(Activity activity, in Usage usage)
    {
        if (usage.IsEmpty)
            return;
        activity.SetTag(AttributeNames.UsageInputTokens, usage.InputTotal);
        activity.SetTag(AttributeNames.UsageOutputTokens, usage.OutputTotal);
        if (usage.CacheRead > 0)
            activity.SetTag(AttributeNames.UsageCacheReadTokens, usage.CacheRead);
        if (usage.CacheWrite5m + usage.CacheWrite1h > 0)
            activity.SetTag(AttributeNames.UsageCacheCreationTokens, usage.CacheWrite5m + usage.CacheWrite1h);
        if (usage.Reasoning > 0)
            activity.SetTag(AttributeNames.UsageReasoningTokens, usage.Reasoning);
    }
}
