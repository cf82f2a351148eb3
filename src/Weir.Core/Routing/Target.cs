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

    /// <summary>Share of the calls where targets are chosen by weight.</summary>
    public long Weight { get; init; } = 1;

    /// <summary>Where calls are processed (<c>eu-central-1</c>), or null: nobody says.</summary>
    public string? Region { get; init; }

    /// <summary>Every place where the provider may keep data; empty: nobody says.</summary>
    public IReadOnlyList<string> Residency { get; init; } = [];

    /// <summary>How long the provider keeps content, or null: nobody says.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>What the model takes and makes beyond text, or null: nobody says.</summary>
    public ModelCapabilities? Capabilities { get; init; }

    /// <summary><see cref="Capabilities"/> were declared for this target by its operator, and hold without a requirement too.</summary>
    public bool CapabilitiesDeclared { get; init; }

    /// <summary>Its model goes on from the beginning of an answer: as its operator declares, or else as its provider documents.</summary>
    public bool TakesPrefill { get; init; }

    /// <summary>Tokens of prompt and answer together, or null: nobody says.</summary>
    public long? ContextWindow { get; init; }

    /// <summary>How good it is at kinds of tasks: its own scores over its model's.</summary>
    public QualityScores Quality { get; init; } = QualityScores.Unknown;
}
