namespace Weir.Core.Routing.Health;

/// <summary>How large a prompt is, coarsely: calls of one class take about as long and are compared with each other.</summary>
public enum SizeClass
{
    /// <summary>Below 1,000 tokens.</summary>
    Small,

    /// <summary>Below 8,000 tokens.</summary>
    Medium,

    /// <summary>Below 64,000 tokens.</summary>
    Large,

    /// <summary>64,000 tokens and more.</summary>
    Huge,
}
