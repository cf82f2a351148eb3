using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;
using Weir.Core.Providers;
using Weir.Core.Routing;

namespace Weir.Core.Configuration.Compilation;

/// <summary>
/// Providers and models, compiled as far as their documents allow: rules about routes look at the very targets that calls
/// would, even while something else is still wrong. When nothing is, it is the whole.
/// </summary>
internal sealed record ModelSketch(IReadOnlyDictionary<string, Provider> Providers, ModelTable Models, ModelCompiler Compiler)
{
    public static ModelSketch Of(RuleContext context)
    {
        var usable = new Dictionary<string, (Document<ProviderSpec> Document, Provider Provider)>(StringComparer.Ordinal);
        foreach (var document in context.Documents.Providers)
        {
            if (CanCompile(document, context) && !usable.ContainsKey(document.Name))
                usable.Add(document.Name, (document, ProviderCompiler.Compile(document, context)));
        }
        var models = context.Documents.Models.Where(m => m.Name.Length > 0 && m.Spec.Targets.Count > 0 && m.Spec.Targets.All(t => usable.ContainsKey(t.Provider)))
            .DistinctBy(m => m.Name);
        var providers = usable.ToDictionary(u => u.Key, u => u.Value.Provider, StringComparer.Ordinal);
        var compiler = new ModelCompiler(providers, new TargetFactory(context.Prices));
        return new ModelSketch(providers, compiler.Compile(models, usable.Values.Select(u => u.Document)), compiler);
    }

    private static bool CanCompile(Document<ProviderSpec> document, RuleContext context) =>
        document.Name.Length > 0 && context.KindOf(document) is { } kind && ProviderCompiler.AddressOf(document.Spec, kind) is not null;
}
