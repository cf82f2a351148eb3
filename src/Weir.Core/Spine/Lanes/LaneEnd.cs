using Weir.Core.Dialects;

namespace Weir.Core.Spine.Lanes;

/// <summary>When a stream that closed in order may count as whole.</summary>
internal static class LaneEnd
{
    /// <summary>The end marker came; compatible servers may leave it out, and a finish reason before a clean close is enough then.</summary>
    public static bool IsReached(ResponseFacts facts) => facts.IsComplete || facts.FinishReason is not null;
}
