namespace Weir.Tests.Chaos;

/// <summary>Where a model of the proof is served.</summary>
/// <param name="Name">Part of the model's name.</param>
/// <param name="Words">For the page.</param>
/// <param name="Targets">The model's targets as YAML, from the faulty one and the good one.</param>
/// <param name="HasGood">A good target stands by.</param>
public sealed record ChaosPlaces(string Name, string Words, Func<string, string, string> Targets, bool HasGood)
{
    public static IReadOnlyList<ChaosPlaces> All { get; } =
    [
        new("one", "one target", (bad, _) => $"[{bad}]", HasGood: false),
        new("two", "two targets", (bad, good) => $"[{bad}, {good}]", HasGood: true),
    ];
}
