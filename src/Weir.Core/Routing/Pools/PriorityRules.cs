using System.Collections.Frozen;

namespace Weir.Core.Routing.Pools;

/// <summary>Which calls are how important. Immutable; part of a snapshot.</summary>
public sealed record PriorityRules
{
    /// <summary>Every call is of normal priority.</summary>
    public static PriorityRules None { get; } = new();

    /// <summary>What a call is when nothing says otherwise.</summary>
    public PriorityClass Default { get; init; } = PriorityClass.Normal;

    /// <summary>Name of the label whose value says it, or null. Labels are granted, so they may raise a call.</summary>
    public string? Label { get; init; }

    /// <summary>Name of the header in which a caller says it, or null. Anybody can send a header, so it can only lower a call.</summary>
    public string? Header { get; init; }

    /// <summary>Value of label or header → class, beside the classes' own names. Case is ignored.</summary>
    public IReadOnlyDictionary<string, PriorityClass> Classes { get; init; } = FrozenDictionary<string, PriorityClass>.Empty;

    /// <summary>The class of a call with these values; null = it has none.</summary>
    public PriorityClass Of(string? label, string? header)
    {
        var granted = Named(label) ?? Default;
        return Named(header) is { } asked && asked < granted ? asked : granted;
    }

    private PriorityClass? Named(string? value) =>
        value is null ? null
        : Classes.TryGetValue(value, out var found) ? found
        : value.ToUpperInvariant() switch { "LOW" => PriorityClass.Low, "NORMAL" => PriorityClass.Normal, "HIGH" => PriorityClass.High, _ => null };
}
