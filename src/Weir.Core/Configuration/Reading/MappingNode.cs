namespace Weir.Core.Configuration.Reading;

/// <summary>Keys and values in the order written; keys are unique (a repeated key was reported and its later value dropped).</summary>
public sealed record MappingNode(Mark Mark, IReadOnlyList<MappingEntry> Entries) : Node(Mark)
{
    public override string Kind => "a mapping";

    public Node? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Value == key)
                return entry.Value;
        }
        return null;
    }
}
