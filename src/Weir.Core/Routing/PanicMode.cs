namespace Weir.Core.Routing;

/// <summary>What happens when every target of a plan rests.</summary>
public enum PanicMode
{
    /// <summary>They are tried in order none the less: some answers are better than none (<c>try</c>, the default).</summary>
    Try,

    /// <summary>The call is refused with status 503 and the time after which one is looked at again (<c>refuse</c>).</summary>
    Refuse,
}
