namespace Weir.Core.Catalog;

/// <summary>A public catalogue whose facts the shipped book carries.</summary>
public sealed record PriceSource(string Name, string Commit, string Date, string Licence);
