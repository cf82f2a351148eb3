using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Validation;
using Weir.Core.Routing;
using Weir.Core.Routing.Matching;

namespace Weir.Core.Configuration.Compilation;

/// <summary>What a route matches, as conditions in the order of what they cost.</summary>
internal sealed class MatchCompiler
{
    private readonly RuleContext _context;
    private readonly Dictionary<string, IReadOnlyList<string>> _aliases = new(StringComparer.Ordinal);

    public MatchCompiler(RuleContext context)
    {
        _context = context;
        foreach (var model in context.Documents.Models.Where(m => m.Spec.Aliases.Count > 0))
            _aliases.TryAdd(model.Name, model.Spec.Aliases);
    }

    public RouteMatch Compile(RouteMatchSpec spec)
    {
        var conditions = new List<IRouteMatch>();
        if (spec.Models.Count > 0)
            conditions.Add(new AskedModelMatch(WithAliases(spec.Models)));
        AddCaller(AnchorKind.Key, spec.Keys);
        AddCaller(AnchorKind.Team, spec.Teams);
        AddCaller(AnchorKind.Tenant, spec.Tenants);
        foreach (var (label, values) in ShortForm.LabelsOf(spec))
            conditions.Add(new LabelMatch(label, values));
        if (spec.Operations.Count > 0)
            conditions.Add(new OperationMatch(spec.Operations));
        if (spec.InputTokens is { } tokens)
            conditions.Add(new InputTokensMatch(tokens.Min, tokens.Max));
        var when = spec.When is null ? null : new ExpressionMatch(_context.Conditions[spec.When]);
        if (when is { ReadsContent: false })
            conditions.Add(when);
        if (spec.Languages.Count > 0)
            conditions.Add(new LanguageMatch(spec.Languages));
        if (spec.Findings.Count > 0)
            conditions.Add(new FindingMatch(spec.Findings));
        if (spec.Intents.Count > 0)
            conditions.Add(new IntentMatch(spec.Intents));
        if (spec.Difficulty is { } difficulty)
            conditions.Add(new DifficultyMatch(difficulty.Min, difficulty.Max));
        if (when is { ReadsContent: true })
            conditions.Add(when);
        return new RouteMatch(conditions);

        void AddCaller(AnchorKind kind, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
                conditions.Add(new CallerMatch(kind, values));
        }
    }

    // A model's further names are the same model: a rule for one holds for all, or asking by another name would get around it.
    private HashSet<string> WithAliases(IReadOnlyList<string> models)
    {
        var all = new HashSet<string>(models, StringComparer.Ordinal);
        foreach (var model in _aliases.Count == 0 ? [] : models)
        {
            if (!model.EndsWith('*'))
                all.UnionWith(_aliases.GetValueOrDefault(model, []));
            else
                all.UnionWith(_aliases.Where(a => ServedNames.Matches(model, a.Key)).SelectMany(a => a.Value));
        }
        return all;
    }
}
