using Weir.Core.Routing.Matching;
using Weir.Core.Semantics.Intents;

namespace Weir.Core.Configuration.Validation;

/// <summary>Content signals: intents that can be learnt, and names that exist.</summary>
internal static class SignalRules
{
    public static void Check(RuleContext context)
    {
        CheckIntents(context);
        var (signals, bag) = (context.Documents.Signals, context.Bag);
        string[] intents = [.. context.Documents.Intents.Select(i => i.Name), IntentMatch.OutOfScope];
        foreach (var route in context.Documents.Routes)
        {
            for (var i = 0; i < route.Spec.Match.Intents.Count; i++)
                CheckIntent(route.Spec.Match.Intents[i], $"{route.Path}.match.intents[{i}]", intents, bag);
        }
        if (signals.Classifier is { } classifier)
        {
            CheckIntent(classifier.Default, "signals.classifier.default", intents, bag);
            if (classifier.Provider.Length > 0 && context.Documents.Providers.All(p => p.Name != classifier.Provider))
                bag.Add(DiagnosticCodes.UnknownProvider, "signals.classifier.provider", $"no provider '{classifier.Provider}'", DidYouMean.Hint(classifier.Provider, [.. context.Documents.Providers.Select(p => p.Name)]));
            if (context.Documents.Intents.Count == 0)
                bag.Add(DiagnosticCodes.Missing, "signals.classifier", "there are no intents to tell apart", "declare intents");
        }
        if (signals.Difficulty is { } difficulty)
        {
            CheckModel(difficulty.Strong, "signals.difficulty.strong", context);
            CheckModel(difficulty.Weak, "signals.difficulty.weak", context);
        }
    }

    private static void CheckIntents(RuleContext context)
    {
        var (intents, bag) = (context.Documents.Intents, context.Bag);
        foreach (var intent in intents)
        {
            if (intent.Name == IntentMatch.OutOfScope)
                bag.Add(DiagnosticCodes.BadName, intent.Path + ".name", $"'{intent.Name}' is the word for content of none of the intents", "give its examples as signals.outOfScope");
            if (intent.Spec.Examples.Count == 0 && !bag.HasErrorsBelow(intent.Path))
                bag.Add(DiagnosticCodes.Missing, intent.Path + ".examples", "there is no example to learn from");
        }
        if (intents.Count > IntentOptions.MaxClasses)
            bag.Add(DiagnosticCodes.OutOfRange, "intents", $"{intents.Count} intents: at most {IntentOptions.MaxClasses} can be told apart");
        if (intents.Sum(i => i.Spec.Examples.Count) + context.Documents.Signals.OutOfScope.Count is var examples and > IntentOptions.MaxExamples)
            bag.Add(DiagnosticCodes.OutOfRange, "intents", $"{examples} examples: at most {IntentOptions.MaxExamples} are learnt from");
    }

    private static void CheckIntent(string? name, string path, string[] intents, DiagnosticBag bag)
    {
        if (name is not null && !intents.Contains(name))
            bag.Add(DiagnosticCodes.UnknownIntent, path, $"no intent '{name}'", DidYouMean.Hint(name, intents) ?? "declare it under intents, with examples");
    }

    private static void CheckModel(string name, string path, RuleContext context)
    {
        if (name.Length > 0 && !context.Documents.Models.Any(m => m.Name == name || m.Spec.Aliases.Contains(name)))
            context.Bag.Add(DiagnosticCodes.UnknownModel, path, $"no model '{name}'", DidYouMean.Hint(name, [.. context.Documents.Models.Select(m => m.Name)]));
    }
}
