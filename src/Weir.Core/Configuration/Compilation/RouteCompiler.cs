using Weir.Core.Catalog;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;
using Weir.Core.Routing;
using Weir.Core.Routing.Plans;

namespace Weir.Core.Configuration.Compilation;

/// <summary>Route documents as routes.</summary>
internal sealed class RouteCompiler(RuleContext context)
{
    private readonly PlanCompiler _plans = new(context.Names, context.Conditions);
    private readonly MatchCompiler _matches = new(context);

    public IReadOnlyList<ModelRoute> Compile() => [.. context.Documents.Routes.Select(Compile)];

    private ModelRoute Compile(Document<RouteSpec> document, int order)
    {
        var spec = document.Spec;
        return new ModelRoute
        {
            Name = document.Name,
            Order = order,
            Match = _matches.Compile(spec.Match),
            Plan = ShortForm.PlanOf(document) is { } plan ? _plans.Compile(plan, document.Name) : null,
            Requirements = Requirements(ShortForm.RequireOf(spec)),
            Overrides = Overrides(ShortForm.SetOf(spec)),
            Attempts = Attempts(spec.Attempts),
            ContextFallback = Fallback(spec.ContextFallback, document.Name + "/context"),
            ContentFallback = Fallback(spec.ContentFallback, document.Name + "/content"),
            Panic = spec.Panic ?? PanicMode.Try,
            Strict = spec.Strict,
        };
    }

    private PlanNode? Fallback(string? model, string name) => model is null ? null : _plans.Compile(new PlanSpec { Model = model }, name);

    /// <summary>As the filters read them; null = none.</summary>
    public static RouteRequirements? Requirements(RequireSpec? spec) => spec is null ? null : new RouteRequirements
    {
        Regions = spec.Regions,
        Residency = spec.Residency,
        Retention = spec.Retention,
        Capabilities = CapabilityNames.Join(spec.Capabilities),
        AllowedProviders = spec.Providers.Allow,
        DeniedProviders = spec.Providers.Deny,
    };

    private static RouteOverrides? Overrides(SetSpec? spec) => spec is null ? null : new RouteOverrides
    {
        MaxTokens = spec.MaxTokens,
        MinTemperature = spec.Temperature?.Min,
        MaxTemperature = spec.Temperature?.Max,
        Parameters = spec.Parameters,
    };

    private static AttemptPolicy Attempts(AttemptsSpec? spec)
    {
        var standard = AttemptPolicy.Default;
        return spec is null ? standard : standard with
        {
            MaxAttempts = (int?)spec.Max ?? standard.MaxAttempts,
            Deadline = spec.Deadline,
            Retries = (int?)spec.Retries ?? standard.Retries,
            FirstContentWithin = spec.FirstContentWithin,
            HedgeAfter = spec.HedgeAfter,
            Continue = spec.Continue ?? standard.Continue,
        };
    }
}
