using Weir.Core.Configuration.Shapes;
using Weir.Core.Routing;

namespace Weir.Core.Configuration.Documents;

/// <summary>Which calls, under which conditions, go where. Several members are short for others: see <see cref="Plan"/>.</summary>
public sealed record RouteSpec
{
    public RouteMatchSpec Match { get; init; } = new();
    public RequireSpec? Require { get; init; }

    /// <summary>Null = one of the short forms, or the model asked for.</summary>
    public PlanSpec? Plan { get; init; }

    /// <summary>Short for a plan of this name.</summary>
    public string? Model { get; init; }

    /// <summary>Short for a plan of this name, with <see cref="Fallback"/> behind it.</summary>
    public string? Primary { get; init; }

    public string? Fallback { get; init; }

    /// <summary>Short for <c>set.maxTokens</c>.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Short for <c>require.regions</c>.</summary>
    public string? Region { get; init; }

    public SetSpec? Set { get; init; }
    public AttemptsSpec? Attempts { get; init; }
    public string? ContextFallback { get; init; }
    public string? ContentFallback { get; init; }
    public PanicMode? Panic { get; init; }

    /// <summary>Null = as the model says.</summary>
    public bool? Strict { get; init; }

    public static RecordShape<RouteSpec> Shape { get; } = new RecordShape<RouteSpec>("route", "Which calls go where. Routes are tried in order; the first that matches takes the call. One without a plan applies to the model asked for.", new RouteSpec())
        .Optional("match", RouteMatchSpec.Shape, "Which calls the route takes.", (s, v) => s with { Match = v }, "all")
        .Optional("require", RequireSpec.Shape, "Hard conditions on every place a call may go to.", (s, v) => s with { Require = v })
        .Optional("plan", PlanSpec.Shape, "Where calls go: a name or a node.", (s, v) => s with { Plan = v }, "the model asked for")
        .Optional("model", ShapeOf.Name, "Short for plan: NAME. An entry of models, a name one of its patterns serves, or a name another route matches.", (s, v) => s with { Model = v })
        .Optional("primary", ShapeOf.Name, "Short for plan: {fallback: [PRIMARY, FALLBACK]}.", (s, v) => s with { Primary = v })
        .Optional("fallback", ShapeOf.Name, "The model behind primary.", (s, v) => s with { Fallback = v })
        .Optional("maxTokens", ShapeOf.Whole(1, 10_000_000), "Short for set: {maxTokens: ...}.", (s, v) => s with { MaxTokens = v })
        .Optional("region", ShapeOf.Pattern, "Short for require: {regions: [...]}.", (s, v) => s with { Region = v })
        .Optional("set", SetSpec.Shape, "Changes to the request.", (s, v) => s with { Set = v })
        .Optional("attempts", AttemptsSpec.Shape, "How calls are tried.", (s, v) => s with { Attempts = v })
        .Optional("contextFallback", ShapeOf.Name, "The model for prompts that are too long for the plan.", (s, v) => s with { ContextFallback = v })
        .Optional("contentFallback", ShapeOf.Name, "The model for calls that a provider's content policy refused.", (s, v) => s with { ContentFallback = v })
        .Optional("panic", ShapeOf.Choice("panic mode", ("try", PanicMode.Try), ("refuse", PanicMode.Refuse)),
            "When every target rests: try all none the less, or refuse the call.", (s, v) => s with { Panic = v }, "try")
        .Optional("strict", ShapeOf.Bool, "As strict of a model, for calls that come by this route.", (s, v) => s with { Strict = v }, "as the model says")
        .Reserved("policies", "Limits, guards and caches by reference.");
}
