using System.Collections.Immutable;

namespace Weir.Core.Metering;

/// <summary>A cost with its lines, one for each class consumed.</summary>
public sealed record ItemizedCost(Cost Cost, ImmutableArray<CostLine> Lines);
