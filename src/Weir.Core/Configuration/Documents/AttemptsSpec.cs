using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>How a route's calls are tried.</summary>
public sealed record AttemptsSpec
{
    public long? Max { get; init; }
    public TimeSpan? Deadline { get; init; }
    public long? Retries { get; init; }
    public TimeSpan? FirstContentWithin { get; init; }
    public TimeSpan? HedgeAfter { get; init; }
    public bool? Continue { get; init; }

    public static RecordShape<AttemptsSpec> Shape { get; } = new RecordShape<AttemptsSpec>("attempts", "How a route's calls are tried, until the first content is on its way to the client (with continue, beyond it).", new AttemptsSpec())
        .Optional("max", ShapeOf.Whole(1, 100), "Attempts at most, over all targets, retries and hedges included.", (s, v) => s with { Max = v })
        .Optional("deadline", Between("100ms", "24h"), "From the call's arrival: after it nothing new is tried.", (s, v) => s with { Deadline = v })
        .Optional("retries", ShapeOf.Whole(0, 10), "Further tries of one target before the next.", (s, v) => s with { Retries = v })
        .Optional("firstContentWithin", Between("0s", "2h"), "A stream that shows no content for this long is left for the next target, while one stands by. 0s = never before the provider's firstToken; whole answers are then waited for as well.", (s, v) => s with { FirstContentWithin = v }, "3 times the slowest the target has shown, at least 30s; 2m for whole answers, models that reason and the largest prompts")
        .Optional("hedgeAfter", Between("10ms", "2h"), "After this long without content the next target is tried beside the first. Both may cost.", (s, v) => s with { HedgeAfter = v }, "never")
        .Optional("continue", ShapeOf.Bool, "A stream that is cut after its first content goes on at another target, where that is surely safe: plain text only, and a model that takes the beginning of an answer (capability prefill). Two models then share an answer, and both are paid for.", (s, v) => s with { Continue = v }, "false");

    private static Shape<TimeSpan> Between(string shortest, string longest) =>
        ShapeOf.Duration(DurationShape.Parse(shortest)!.Value, DurationShape.Parse(longest)!.Value);
}
