namespace Weir.Core.Configuration.Validation;

/// <summary>Where files and batches go: a provider that is there and serves them.</summary>
internal static class ObjectRules
{
    private const string Dialect = "openai-objects";

    public static void Check(RuleContext context)
    {
        if (context.Documents.Objects.Provider is not { } name)
            return;
        var provider = context.Documents.Providers.FirstOrDefault(p => p.Name == name);
        if (provider is null)
            context.Bag.Add(DiagnosticCodes.UnknownProvider, "objects.provider", $"no provider '{name}'", DidYouMean.Hint(name, [.. context.Documents.Providers.Select(p => p.Name)]));
        else if ((provider.Spec.Dialects?.Keys ?? context.KindOf(provider)?.Dialects.Keys)?.Contains(Dialect) == false)
            context.Bag.Add(DiagnosticCodes.UnknownDialect, "objects.provider", $"'{name}' does not serve {Dialect}", $"add {Dialect} to its dialects, or name another provider");
    }
}
