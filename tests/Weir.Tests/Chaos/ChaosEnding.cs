namespace Weir.Tests.Chaos;

/// <summary>How a client sees an answer end.</summary>
public enum ChaosEnding
{
    /// <summary>Complete, with the dialect's end marker where it has one.</summary>
    Whole,

    /// <summary>An error document with a status.</summary>
    Error,

    /// <summary>The dialect's error event, last in a stream that had begun.</summary>
    ErrorEvent,

    /// <summary>The connection broke.</summary>
    Broken,

    /// <summary>It ended in order and does not say how: what must never be.</summary>
    Unclear,
}
