namespace Weir.Core.Spine;

/// <summary>What becomes of an answer about objects.</summary>
public enum ObjectFate
{
    /// <summary>It goes to the client as it came.</summary>
    AsItCame,

    /// <summary>The client gets it with only the tenant's own.</summary>
    Shortened,

    /// <summary>There is nothing of the tenant's on this page: the next one is asked for.</summary>
    NextPage,
}
