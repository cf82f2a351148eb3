namespace Weir.Core.Providers;

/// <summary>What happens to a call whose body names an object at the provider that was not made through this gateway.</summary>
public enum UnknownObjects
{
    /// <summary>It does not exist: whoever shares the provider's account cannot be reached by guessing.</summary>
    Refuse,

    /// <summary>The provider decides. Other tenants' objects stay refused.</summary>
    Pass,
}
