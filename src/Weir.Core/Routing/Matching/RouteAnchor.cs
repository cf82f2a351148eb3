namespace Weir.Core.Routing.Matching;

/// <summary>What a call has one value of, so that routes can be looked up by it.</summary>
public enum AnchorKind { Key, Team, Tenant, Model, ModelPrefix, Label }

/// <summary>A literal that a call must have for a condition to hold: a route stands in the index under it.</summary>
/// <param name="Kind">What has the value.</param>
/// <param name="Value">The value; of <see cref="AnchorKind.ModelPrefix"/> the pattern without its <c>*</c>.</param>
/// <param name="Label">Name of the label, for <see cref="AnchorKind.Label"/>; otherwise empty.</param>
public readonly record struct RouteAnchor(AnchorKind Kind, string Value, string Label = "");
