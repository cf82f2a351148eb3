using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A pair of models, and how many calls the strong one is to get.</summary>
public sealed record DifficultySpec
{
    public string Strong { get; init; } = "";
    public string Weak { get; init; } = "";
    public double Share { get; init; } = 0.3;
    public double Explore { get; init; } = 0.02;

    public static RecordShape<DifficultySpec> Shape { get; } = new RecordShape<DifficultySpec>("difficulty", "A strong and a weak model. Conditions ask content.strong: whether this call is among the share for which the strong model is worth most, learnt from feedback.", new DifficultySpec())
        .Required("strong", ShapeOf.Name, "Name of the strong model.", (s, v) => s with { Strong = v })
        .Required("weak", ShapeOf.Name, "Name of the weak model.", (s, v) => s with { Weak = v })
        .Optional("share", ShapeOf.Number(0, 1), "Share of the calls for the strong model: the knob between cost and quality.", (s, v) => s with { Share = v }, "0.3")
        .Optional("explore", ShapeOf.Number(0, 0.5), "Share of the calls that go by lot, so that both models keep being seen.", (s, v) => s with { Explore = v }, "0.02");
}
