namespace Weir.Core.Identity;

/// <summary>A live key of the tenant has the name already: revoke it first, or choose another.</summary>
public sealed class KeyNameTakenException(string tenant, string name)
    : Exception($"A live key named '{name}' exists in tenant '{tenant}'.");
