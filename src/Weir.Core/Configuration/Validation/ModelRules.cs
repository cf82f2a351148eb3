using Weir.Core.Configuration.Documents;

namespace Weir.Core.Configuration.Validation;

/// <summary>Models: targets that exist, differ, and can answer the same calls.</summary>
internal static class ModelRules
{
    public static void Check(RuleContext context)
    {
        var providers = new Dictionary<string, Document<ProviderSpec>>(StringComparer.Ordinal);
        foreach (var provider in context.Documents.Providers)
            providers.TryAdd(provider.Name, provider);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var model in context.Documents.Models)
            names.TryAdd(model.Name, model.Name);
        foreach (var model in context.Documents.Models)
        {
            CheckAliases(model, names, context.Bag);
            if (model.Spec.Listed is not null && model.Spec.Access is not null)
                context.Bag.Add(DiagnosticCodes.ExactlyOne, model.Path + ".listed", "may have only one of access, listed", "listed: false is access: hidden");
            if (model.Spec.Targets.Count == 0 && !context.Bag.HasErrorsBelow(model.Path + ".targets"))
            {
                if (context.Bag.Marks.Contains(model.Path + ".targets"))
                    context.Bag.Add(DiagnosticCodes.NoTargets, model.Path + ".targets", $"'{model.Name}' has no targets", "add - provider: NAME");
                continue;
            }
            CheckTargets(model, providers, context);
        }
    }

    private static void CheckAliases(Document<ModelSpec> model, Dictionary<string, string> names, DiagnosticBag bag)
    {
        for (var i = 0; i < model.Spec.Aliases.Count; i++)
        {
            var (alias, path) = (model.Spec.Aliases[i], $"{model.Path}.aliases[{i}]");
            if (!names.TryAdd(alias, model.Name))
                bag.Add(DiagnosticCodes.DuplicateName, path, $"'{alias}' is already a name of model '{names[alias]}'");
            else if (model.Name.EndsWith('*') && model.Spec.Targets.Any(t => t.Model is null || t.Model.Contains('*')))
                bag.Add(DiagnosticCodes.StarWithoutPattern, path, $"a target of '{model.Name}' has a * that the alias '{alias}' gives no meaning to", "make an entry of its own for it");
        }
    }

    private static void CheckTargets(Document<ModelSpec> model, Dictionary<string, Document<ProviderSpec>> providers, RuleContext context)
    {
        var seen = new HashSet<(string, string)>();
        HashSet<string>? operations = null;
        var allKnown = true;
        for (var i = 0; i < model.Spec.Targets.Count; i++)
        {
            var target = model.Spec.Targets[i];
            var path = $"{model.Path}.targets[{i}]";
            var upstream = target.Model ?? model.Name;
            if (upstream.Contains('*') && target.Model is not null && !model.Name.EndsWith('*'))
                context.Bag.Add(DiagnosticCodes.StarWithoutPattern, path + ".model", $"'{target.Model}' has a *, but the name '{model.Name}' has none", "write the upstream's model name");
            if (target.Provider.Length > 0 && !seen.Add((target.Provider, upstream)))
                context.Bag.Add(DiagnosticCodes.SameTargetTwice, path, $"{target.Provider}/{upstream} is already a target of '{model.Name}'");
            if (!providers.TryGetValue(target.Provider, out var provider))
            {
                allKnown = false;
                if (target.Provider.Length > 0)
                    context.Bag.Add(DiagnosticCodes.UnknownProvider, path + ".provider", $"no provider '{target.Provider}'", DidYouMean.Hint(target.Provider, providers.Keys));
                continue;
            }
            var spoken = Operations(provider, context);
            allKnown &= spoken is not null;
            operations = operations is null || spoken is null ? operations ?? spoken : [.. operations.Intersect(spoken)];
        }
        if (allKnown && operations is { Count: 0 })
            context.Bag.Add(DiagnosticCodes.NoCommonDialect, model.Path + ".targets", $"the targets of '{model.Name}' share no operation", "chat and embeddings models need separate entries");
    }

    private static HashSet<string>? Operations(Document<ProviderSpec> provider, RuleContext context)
    {
        var dialects = provider.Spec.Dialects?.Keys ?? context.KindOf(provider)?.Dialects.Keys;
        return dialects?.Select(OperationOf).ToHashSet();
    }

    // What translates into each other counts as one; the others serve their own calls only.
    private static string OperationOf(string dialect) => dialect switch
    {
        "openai-embeddings" => "embeddings",
        _ when dialect.EndsWith("-embed", StringComparison.Ordinal) => "embeddings",
        _ when dialect.EndsWith("-rerank", StringComparison.Ordinal) => "rerank",
        "openai-images" or "openai-audio" or "openai-moderations" or "openai-objects" or "openai-realtime" or "gemini-live" => dialect,
        _ => "chat",
    };
}
