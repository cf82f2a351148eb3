namespace Weir.Core.Continuity;

/// <summary>What a piece of tenant state is; each kind has a lifetime and a limit of its own.</summary>
public enum StateKind
{
    /// <summary>Opaque reasoning of an assistant turn that called tools, by tool-call id.</summary>
    Reasoning,

    /// <summary>A stored response, by response id.</summary>
    StoredResponse,
}
