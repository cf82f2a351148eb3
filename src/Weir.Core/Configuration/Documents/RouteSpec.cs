using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Calls that match lead to a model: at present, further names for it.</summary>
public sealed record RouteSpec
{
    public RouteMatchSpec Match { get; init; } = new();
    public string Model { get; init; } = "";

    /// <summary>Null = as the model says.</summary>
    public bool? Strict { get; init; }

    public static RecordShape<RouteSpec> Shape { get; } = new RecordShape<RouteSpec>("route", "Leads calls to a model: gives the model further names.", new RouteSpec())
        .Required("match", RouteMatchSpec.Shape, "Which calls the route takes.", (s, v) => s with { Match = v })
        .Required("model", ShapeOf.Name, "Name of an entry of models, a name one of its patterns serves, or a name another route matches.", (s, v) => s with { Model = v })
        .Optional("strict", ShapeOf.Bool, "As strict of a model, for calls that come by this route.", (s, v) => s with { Strict = v }, "as the model says");
}
