namespace Weir.Core.Catalog;

/// <summary>A configured price: which models of which provider (<c>*</c>: any) it is for, and the row.</summary>
public sealed record PriceOverride(string Provider, ModelMatch Match, PriceRow Row);
