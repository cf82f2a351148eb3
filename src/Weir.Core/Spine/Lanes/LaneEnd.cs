using Weir.Core.Dialects;

namespace Weir.Core.Spine.Lanes;

/// <summary>When a stream that closed in order may count as whole.</summary>
internal static class LaneEnd
{
    /// <summary>The end marker came, or the dialect's servers may leave it out and all else has come.</summary>
    public static bool IsReached(ResponseFacts facts) => facts.IsComplete || facts.MayEndUnmarked;
}
