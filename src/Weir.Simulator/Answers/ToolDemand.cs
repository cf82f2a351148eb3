namespace Weir.Simulator.Answers;

/// <summary>What the request's tool choice says.</summary>
internal enum ToolDemand
{
    Auto,
    None,
    Required,
}
