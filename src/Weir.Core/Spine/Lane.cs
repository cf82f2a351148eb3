namespace Weir.Core.Spine;

/// <summary>How an answer travels: the cheapest way that is correct.</summary>
public enum Lane
{
    /// <summary>Same dialect: bytes forwarded as they arrive, frames only tapped.</summary>
    Native,

    /// <summary>Same dialect, but some frames are hidden or rewritten.</summary>
    Rewrite,

    /// <summary>Another dialect: events in between.</summary>
    Translate,
}
