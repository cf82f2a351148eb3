using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;
using Weir.Core.Routing.Content;
using Weir.Core.Semantics.Intents;

namespace Weir.Core.Configuration.Compilation;

/// <summary>Intents and signals as what a call's content is looked at with. A model is trained only where the cache has none of the same classes.</summary>
internal static class ContentCompiler
{
    public static ContentSetup Compile(RuleContext context)
    {
        var (documents, signals) = (context.Documents, context.Documents.Signals);
        IntentClass[] classes = [.. documents.Intents.Select(i => new IntentClass(i.Name, i.Spec.Examples))];
        var external = signals.Classifier is { } spec ? Classifier(spec, classes, context) : null;
        return new ContentSetup
        {
            Intents = classes.Length > 0 && external is null ? context.Load.Intents?.GetOrTrain(classes, Options(signals), CancellationToken.None) : null,
            Classifier = external,
            Difficulty = signals.Difficulty is { } pair ? new DifficultySetup(pair.Strong, pair.Weak, (float)pair.Share, (float)pair.Explore) : null,
        };
    }

    private static IntentOptions Options(SignalsSpec signals) =>
        new() { FalseOutOfScope = (float)signals.OutOfScopeShare, OutOfScopeExamples = signals.OutOfScope };

    private static ClassifierSetup Classifier(ClassifierSpec spec, IReadOnlyList<IntentClass> classes, RuleContext context) => new()
    {
        Provider = context.Sketch.Providers[spec.Provider],
        Model = spec.Model,
        Path = spec.Path ?? (spec.Model is null ? "classify" : "embeddings"),
        Threshold = (float)spec.Threshold,
        Deadline = spec.Deadline,
        Default = spec.Default,
        Classes = classes,
    };
}
