namespace Weir.Simulator.Calls;

/// <summary>
/// One event whose bytes are in the buffer: the output tokens it carries, and whether with it the usage on the wire
/// is exactly what was served so far.
/// </summary>
internal readonly record struct SimEvent(EventKind Kind, int Visible = 0, int Reasoning = 0, bool ReportsUsage = false);
