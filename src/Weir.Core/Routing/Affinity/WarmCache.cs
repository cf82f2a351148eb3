namespace Weir.Core.Routing.Affinity;

/// <summary>A target that has the beginning of a prompt in its cache.</summary>
/// <param name="Target">Name of the target.</param>
/// <param name="Tokens">How long that beginning is.</param>
public readonly record struct WarmCache(string Target, long Tokens);
