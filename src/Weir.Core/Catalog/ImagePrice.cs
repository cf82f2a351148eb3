namespace Weir.Core.Catalog;

/// <summary>What one image of a kind costs.</summary>
/// <param name="Kind"><c>quality/size</c>: <c>hd/1024x1792</c>.</param>
/// <param name="Price">Of one.</param>
public sealed record ImagePrice(string Kind, Money Price);
