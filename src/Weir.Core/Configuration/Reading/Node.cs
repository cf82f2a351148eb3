namespace Weir.Core.Configuration.Reading;

/// <summary>A piece of a parsed document that remembers where it stood.</summary>
public abstract record Node(Mark Mark)
{
    /// <summary>What it is, for messages: <c>a list</c>, <c>a mapping</c>, <c>a number</c>.</summary>
    public abstract string Kind { get; }
}
