namespace Weir.Core.Routing.Discovery;

/// <summary>What a provider's own list of models said.</summary>
/// <param name="Provider">Its name.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Models">The names in the last list that could be had; empty when there was none.</param>
/// <param name="Problem">Why there was none the last time, or null.</param>
public sealed record ProviderModels(string Provider, DateTimeOffset At, IReadOnlyList<string> Models, string? Problem)
{
    /// <summary>The last difference between two lists since the start of the process; null = none was seen.</summary>
    public ModelListChange? LastChange { get; init; }

    /// <summary>This answer after an earlier one: a failure forgets no list, and a list is compared with the one before.</summary>
    public ProviderModels After(ProviderModels? earlier)
    {
        if (earlier is null)
            return this;
        if (Problem is not null)
            return this with { Models = earlier.Models, LastChange = earlier.LastChange };
        // A first list after nothing but failures is no change.
        var hadList = earlier.Problem is null || earlier.Models.Count > 0;
        return this with { LastChange = (hadList ? ModelListChange.Between(earlier.Models, Models, At) : null) ?? earlier.LastChange };
    }
}
