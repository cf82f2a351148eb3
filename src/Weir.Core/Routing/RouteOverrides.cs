namespace Weir.Core.Routing;

/// <summary>What a route changes in the requests it takes.</summary>
public sealed record RouteOverrides
{
    /// <summary>Output cap in tokens: sent when the client set none, and in place of a larger one.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>A lower temperature of the client's is raised to this. Null = not bounded.</summary>
    public double? MinTemperature { get; init; }

    /// <summary>A higher temperature of the client's is lowered to this. Null = not bounded.</summary>
    public double? MaxTemperature { get; init; }

    /// <summary>Top-level members of the body that are set whatever the client sent, in the words of the provider's dialect.</summary>
    public IReadOnlyList<ParameterOverride> Parameters { get; init; } = [];
}

/// <summary>One member of the request body.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Json">Its value as JSON text.</param>
public sealed record ParameterOverride(string Name, string Json);
