namespace Weir.Simulator.Records;

/// <summary>How a call ended, seen from the simulator.</summary>
public enum Completion
{
    /// <summary>Everything was sent.</summary>
    Complete,

    /// <summary>An error status was answered; nothing was served.</summary>
    Rejected,

    /// <summary>The connection was reset on purpose.</summary>
    Cut,

    /// <summary>The body ended cleanly but without the dialect's terminal events.</summary>
    Ended,

    /// <summary>The stream ended with the dialect's error event.</summary>
    Errored,

    /// <summary>Silence on purpose, until the client went away.</summary>
    Stalled,

    /// <summary>The client went away first.</summary>
    Aborted,
}
