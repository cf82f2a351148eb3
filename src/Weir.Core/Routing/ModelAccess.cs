namespace Weir.Core.Routing;

/// <summary>Who may come to a model, and how.</summary>
public enum ModelAccess
{
    /// <summary>In model lists, and may be asked for.</summary>
    Public,

    /// <summary>In no list, but may be asked for.</summary>
    Hidden,

    /// <summary>Reached by routes only: asked for, it does not exist.</summary>
    Internal,
}
