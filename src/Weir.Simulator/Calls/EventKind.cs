namespace Weir.Simulator.Calls;

internal enum EventKind
{
    /// <summary>Framing that carries no output.</summary>
    Frame,

    /// <summary>Carries output tokens; paced.</summary>
    Output,

    /// <summary>The last event of the stream.</summary>
    Last,
}
