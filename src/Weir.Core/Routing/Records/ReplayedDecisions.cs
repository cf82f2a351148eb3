using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Tokens;

namespace Weir.Core.Routing.Records;

/// <summary>
/// Decides recorded calls under another configuration by the <see cref="Router"/> itself. Where the decision draws lots, it is
/// made many times over, and what comes out is shares.
/// </summary>
internal sealed class ReplayedDecisions
{
    /// <summary>Times a decision that draws lots is made, so that shares of one in a hundred show.</summary>
    private const int Rounds = 128;

    private readonly Snapshot _snapshot;
    private readonly ReplayedTargets _targets;
    private readonly SpreadDraws _draws;
    private readonly Router _router;

    public ReplayedDecisions(Snapshot snapshot, ReplayedTargets targets, DialectTable dialects, ITokenCounter tokens, TimeProvider time, ulong seed)
    {
        (_snapshot, _targets, _draws) = (snapshot, targets, new SpreadDraws(seed, Rounds));
        _router = new Router(new EligibilityFilters(dialects, tokens), targets.States, _draws, time, tokens: tokens);
    }

    /// <summary>Calls for which lots were drawn.</summary>
    public long ByChance { get; private set; }

    /// <summary>Where the call would go first, by shares; why it would be refused, if it would.</summary>
    public List<TargetShare> Decide(RouteCall call, out string? refusal)
    {
        _draws.Begin(0);
        var (plan, error) = _router.Decide(_snapshot, call);
        refusal = error is null ? null : Why(plan, error);
        if (_draws.Count == 0)
            return [new TargetShare(Name(plan), 1)];

        ByChance++;
        var shares = new SortedDictionary<string, int>(StringComparer.Ordinal) { [Name(plan)] = 1 };
        for (var round = 1; round < Rounds; round++)
        {
            _draws.Begin(round);
            var name = Name(_router.Decide(_snapshot, call).Plan);
            shares[name] = shares.GetValueOrDefault(name) + 1;
        }
        return [.. shares.Select(s => new TargetShare(s.Key, (double)s.Value / Rounds))];
    }

    private string Name(Plan? plan)
    {
        if (plan is not { Targets: [{ Target: var target }, ..] })
            return PolicySimulation.Refused;
        _targets.Meet(target);
        return target.Name;
    }

    /// <summary>The filters that removed what there was, or the error that came before.</summary>
    private static string Why(Plan? plan, GatewayError error) => plan is not { Removed.Count: > 0 } ? error.Code
        : $"{string.Join(", ", plan.Removed.Select(r => r.Filter).Distinct().Order(StringComparer.Ordinal))}: {plan.Removed[0].Target}: {plan.Removed[0].Reason}"
            + (plan.Removed.Count > 1 ? $", and {plan.Removed.Count - 1} more" : "");
}
