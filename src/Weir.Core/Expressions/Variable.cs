namespace Weir.Core.Expressions;

/// <summary>A name that expressions may use.</summary>
public sealed class Variable
{
    internal Variable(string name, ExpressionType type, string description, int index, int? size)
    {
        Name = name;
        Type = type;
        Description = description;
        Index = index;
        Size = size;
    }

    /// <summary>The name, dotted where it is one of a group: <c>caller.tenant</c>.</summary>
    public string Name { get; }

    public ExpressionType Type { get; }

    /// <summary>What it holds, for the documentation.</summary>
    public string Description { get; }

    /// <summary>Its number in the vocabulary, from 0 without gaps: what an activation switches on.</summary>
    public int Index { get; }

    /// <summary>Items or characters it holds at most, for the cost estimate; null when nothing is known.</summary>
    public int? Size { get; }

    public override string ToString() => Name;
}
