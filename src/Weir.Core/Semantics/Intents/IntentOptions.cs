namespace Weir.Core.Semantics.Intents;

/// <summary>How intents are learnt. Part of what a trained model depends on.</summary>
public sealed record IntentOptions
{
    /// <summary>Most examples of all classes together: bounds training time and memory.</summary>
    public const int MaxExamples = 50_000;

    /// <summary>Most classes.</summary>
    public const int MaxClasses = 512;

    /// <summary>The same seed, classes and options give the same model, on any number of processors.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Share of texts that do belong to a class and may be called out of scope; more lets fewer strangers in. Above 0, below 1.
    /// </summary>
    public float FalseOutOfScope { get; init; } = 0.05f;

    /// <summary>Utterances known to belong to no class, if there are any: they teach what strangers look like.</summary>
    public IReadOnlyList<string> OutOfScopeExamples { get; init; } = [];

    /// <summary>Threads that train at once.</summary>
    public int MaxThreads { get; init; } = Environment.ProcessorCount;
}
