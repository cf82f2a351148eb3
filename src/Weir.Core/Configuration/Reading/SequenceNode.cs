namespace Weir.Core.Configuration.Reading;

/// <summary>A list.</summary>
public sealed record SequenceNode(Mark Mark, IReadOnlyList<Node> Items) : Node(Mark)
{
    public override string Kind => "a list";
}
