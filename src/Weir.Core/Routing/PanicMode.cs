namespace Weir.Core.Routing;

/// <summary>What happens when every target of a call rests.</summary>
public enum PanicMode
{
    /// <summary>All are tried none the less, in order.</summary>
    Try,

    /// <summary>The call is refused, and the client told when to come back.</summary>
    Refuse,
}
