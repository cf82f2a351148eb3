namespace Weir.Core.Dialects;

/// <summary>
/// A call about objects that live at a provider (files, batches, vector stores) instead of about a model. Which provider
/// has them, and whether the caller's tenant does, is decided by their ids.
/// </summary>
/// <param name="Kind">What the path is about: <c>file</c>, <c>upload</c>, <c>batch</c>, <c>vector_store</c>, <c>conversation</c>, <c>container</c>.</param>
/// <param name="Act">What is done.</param>
public sealed record ObjectCall(string Kind, ObjectAct Act)
{
    /// <summary>Every object the path and the body name; the path's own first.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>The answer is a file's content: handed on as it comes, whatever its type.</summary>
    public bool IsContent { get; init; }

    /// <summary>Set when routed: the file is the result of a batch, whose lines carry usage.</summary>
    public bool IsBatchResult { get; set; }
}

/// <summary>What a call does with objects.</summary>
public enum ObjectAct
{
    /// <summary>Makes one: its id, in the answer, becomes the caller's tenant's.</summary>
    Create,

    /// <summary>Reads or changes those that are named.</summary>
    Use,

    /// <summary>Removes the path's object.</summary>
    Delete,

    /// <summary>Lists them: only the tenant's own are shown.</summary>
    List,
}
