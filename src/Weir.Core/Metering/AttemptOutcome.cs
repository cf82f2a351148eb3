namespace Weir.Core.Metering;

/// <summary>The end of one attempt.</summary>
public enum AttemptOutcome
{
    /// <summary>Complete answer delivered upstream to us.</summary>
    Ok,

    /// <summary>The upstream refused (4xx).</summary>
    Rejected,

    /// <summary>The upstream failed (5xx, error inside a stream, unreadable answer).</summary>
    Failed,

    /// <summary>The upstream's answer broke off.</summary>
    Cut,

    /// <summary>A timeout of ours fired.</summary>
    TimedOut,

    /// <summary>The client went away and the upstream was cancelled.</summary>
    ClientGone,

    /// <summary>No connection was made.</summary>
    Unreachable,

    /// <summary>The process died while the attempt was open (found at the next start).</summary>
    Abandoned,

    /// <summary>Another attempt of the same call showed content first; this one was cancelled.</summary>
    Superseded,
}
