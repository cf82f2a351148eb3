using Weir.Core.Configuration.Shapes;
using Weir.Core.Routing;

namespace Weir.Core.Configuration.Documents;

/// <summary>Changes to the request.</summary>
public sealed record SetSpec
{
    public long? MaxTokens { get; init; }
    public TemperatureSpec? Temperature { get; init; }
    public IReadOnlyList<ParameterOverride> Parameters { get; init; } = [];

    public static RecordShape<SetSpec> Shape { get; } = new RecordShape<SetSpec>("set", "Changes to the requests a route takes.", new SetSpec())
        .Optional("maxTokens", ShapeOf.Whole(1, 10_000_000), "Output cap in tokens: sent when the client set none, and in place of a larger one.", (s, v) => s with { MaxTokens = v })
        .Optional("temperature", TemperatureSpec.Shape, "Bounds of the temperature: a client's beyond them is moved to the bound.", (s, v) => s with { Temperature = v })
        .Optional("parameters", ShapeOf.Parameters, "Members of the request body that are set whatever the client sent, in the words of the provider's dialect.", (s, v) => s with { Parameters = v });
}
