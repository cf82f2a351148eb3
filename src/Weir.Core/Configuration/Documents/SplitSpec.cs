using Weir.Core.Configuration.Shapes;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Configuration.Documents;

/// <summary>A canary.</summary>
public sealed record SplitSpec
{
    public double Percent { get; init; }
    public PlanSpec To { get; init; } = new();
    public PlanSpec Rest { get; init; } = new();
    public SplitBy By { get; init; }

    public static RecordShape<SplitSpec> Shape { get; } = new RecordShape<SplitSpec>("split", "A percentage to one plan, the rest to another. Who was on a side stays there, also when the percentage grows.", new SplitSpec())
        .Required("percent", ShapeOf.Number(0, 100), "How much goes to the first plan.", (s, v) => s with { Percent = v })
        .Required("to", new PlanReference(), "The plan that is tried out.", (s, v) => s with { To = v })
        .Required("rest", new PlanReference(), "The plan for all others.", (s, v) => s with { Rest = v })
        .Optional("by", ShapeOf.Choice("kind of split", ("key", SplitBy.Key), ("session", SplitBy.Session), ("user", SplitBy.User), ("request", SplitBy.Request)),
            "What stays on its side: all calls of a key, session or end user; or request: every call is drawn anew. A call without a session or user counts by its key.", (s, v) => s with { By = v }, "key");
}
