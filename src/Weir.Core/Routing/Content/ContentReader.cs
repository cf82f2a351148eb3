using Weir.Core.Dialects;
using Weir.Core.Semantics.Languages;

namespace Weir.Core.Routing.Content;

/// <summary>What looking at content needs beside the configuration: the language profiles, what was learnt about difficulty, chance. Thread safe.</summary>
public sealed class ContentReader(DifficultyModels difficulty, IRandomSource random)
{
    private readonly Lazy<LanguageDetector> _languages = new();

    public DifficultyModels Difficulty { get; } = difficulty;

    /// <summary>Reads its profiles when first asked.</summary>
    public LanguageDetector Languages => _languages.Value;

    internal Random Random { get; } = new Chance(random);

    /// <summary>The content of one call.</summary>
    public CallContent Of(ContentSetup setup, IDialect dialect, CallHead head, RequestFacts facts, ReadOnlyMemory<byte> body) =>
        new(setup, this, dialect, head, facts, body);

    private sealed class Chance(IRandomSource source) : Random
    {
        public override double NextDouble() => source.NextDouble();

        // Rounding may give one, which is not below one.
        public override float NextSingle() => MathF.Min((float)source.NextDouble(), MathF.BitDecrement(1));

        protected override double Sample() => source.NextDouble();
    }
}
