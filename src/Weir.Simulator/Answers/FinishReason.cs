namespace Weir.Simulator.Answers;

internal enum FinishReason
{
    Stop,
    Length,
    ToolCalls,
    ContentFilter,
}
