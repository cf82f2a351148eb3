namespace Weir.Core.Routing;

/// <summary>What a model name leads to.</summary>
/// <param name="Model">The entry that serves it.</param>
/// <param name="Targets">Its targets, each with a concrete upstream model name.</param>
public readonly record struct Resolution(PublicModel Model, IReadOnlyList<Target> Targets);
