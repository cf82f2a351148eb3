namespace Weir.Core.Catalog;

/// <summary>A factor on all token prices of calls served in a region, as the response names it (Anthropic's <c>inference_geo</c>).</summary>
public sealed record RegionUplift(string Region, Multiplier Multiplier);
