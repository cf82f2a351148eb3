using Weir.Core.Semantics.Intents;

namespace Weir.Core.Routing.Content;

/// <summary>What a configuration says about looking at content. Immutable; part of a snapshot.</summary>
public sealed record ContentSetup
{
    public static ContentSetup None { get; } = new();

    /// <summary>The model in process, or null: no intents are declared, or <see cref="Classifier"/> tells them apart.</summary>
    public IntentModel? Intents { get; init; }

    /// <summary>A service that tells intents apart, or null.</summary>
    public ClassifierSetup? Classifier { get; init; }

    /// <summary>A strong and a weak model, or null.</summary>
    public DifficultySetup? Difficulty { get; init; }
}

/// <summary>A strong and a weak model.</summary>
/// <param name="Strong">Public name of the strong one.</param>
/// <param name="Weak">Public name of the weak one.</param>
/// <param name="Share">Share of calls for the strong one, 0 to 1.</param>
/// <param name="Explore">Share of calls that go by lot, 0 to 1.</param>
public sealed record DifficultySetup(string Strong, string Weak, float Share, float Explore);
