using Weir.Core.Catalog;
using Weir.Core.Providers;

namespace Weir.Core.Routing;

/// <summary>One place a call can go: a provider and its own name for the model. Immutable; part of a snapshot.</summary>
public sealed record Target
{
    /// <summary><c>provider/model</c>: shown in <c>x-weir-target</c>, ledger and metrics.</summary>
    public required string Name { get; init; }

    public required Provider Provider { get; init; }

    /// <summary>The upstream's model name. In a pattern's entry it may hold one <c>*</c>: see <see cref="ModelTable.Resolve"/>.</summary>
    public required string Model { get; init; }

    /// <summary>What this model costs, by day.</summary>
    public required PriceSchedule Prices { get; init; }

    /// <summary>Output cap to send where the dialect requires one and the client set none.</summary>
    public required long DefaultMaxOutputTokens { get; init; }
}
