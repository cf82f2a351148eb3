using Weir.Core.Configuration;
using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Health;
using Weir.Core.Routing.Plans;
using Weir.Core.Routing.Requirements;
using Weir.Core.Tokens;

namespace Weir.Core.Routing;

/// <summary>
/// Decides where a call goes: first matching route → its plan, or the model asked for → every target through the filters →
/// an order. Knows no exchange, so that a dry run and a replay of recorded calls take the very same way.
/// </summary>
/// <param name="filters">What every target must meet.</param>
/// <param name="states">What is known of targets.</param>
/// <param name="random">Chance.</param>
/// <param name="time">The clock.</param>
/// <param name="warmth">Which target has which prompt in its cache; null = affinity only as far as hashes go.</param>
/// <param name="tokens">Counts prompts in the tokens of each target, for costs; null = by bytes alone.</param>
public sealed class Router(EligibilityFilters filters, ITargetStates states, IRandomSource random, TimeProvider time, AffinityTable? warmth = null,
    ITokenCounter? tokens = null)
{
    /// <summary>The plan, or why there is none; with an error there may still be a plan without targets, which says what was removed.</summary>
    public (Plan? Plan, GatewayError? Error) Decide(Snapshot snapshot, RouteCall call)
    {
        var asked = call.Asked;
        var route = snapshot.Routes.Match(call);
        var entry = snapshot.Models.Find(asked) is { Access: not ModelAccess.Internal } found ? found : null;
        if (!ModelGrant.Allows(call.Caller.Key, asked))
        {
            // What the key may not use is not told apart from what does not exist, unless it exists.
            return (null, entry is null ? GatewayErrors.UnknownModel(asked, null) : GatewayErrors.ModelNotGranted(asked));
        }
        if (entry is null && route?.Plan is null)
            return (null, GatewayErrors.UnknownModel(asked, snapshot.Models.Suggest(asked, call.Caller.Key)));

        var walk = new PlanWalk(call, snapshot, route, filters, states, random, time)
        {
            Further = route?.Plan is null ? entry?.Requirements : null,
            Warmth = warmth,
            Tokens = tokens,
        };
        var ordered = new List<Candidate>(entry?.Targets.Count ?? 4);
        (route?.Plan ?? ModelNode.Asked).Order(walk, ordered);
        if (ordered.Count == 0 && route?.ContextFallback is { } larger && walk.Removed.Any(r => r.Filter == ContextWindowFilter.Name))
        {
            walk.Note("contextFallback", "the prompt is too long for every target of the plan");
            larger.Order(walk, ordered);
        }

        // Named for the route, not for what was asked: names in metrics come from the configuration only.
        var model = entry ?? new PublicModel { Name = route!.Name, Targets = [] };
        if (route?.Strict is { } strict && strict != model.Strict)
            model = model with { Strict = strict };
        var shadows = walk.TakeCopies();
        var (targets, resting, removed) = Rest(ordered, walk.Removed);
        var panic = targets.Count == 0 && resting.Count > 0;
        var plan = new Plan(model, panic ? resting : targets, removed)
        {
            Route = route,
            Steps = walk.Steps,
            Shadows = shadows,
            Trail = walk.Trail,
            Resting = panic ? [] : resting,
            ContextFallback = Further(route?.ContextFallback, walk, ordered),
            ContentFallback = Further(route?.ContentFallback, walk, ordered),
            Panic = panic,
        };
        if (panic && route?.Panic == PanicMode.Refuse)
            return (plan with { Targets = [] }, GatewayErrors.AllResting(asked, SoonestOf(ordered)));
        return plan.Targets.Count > 0 ? (plan, null)
            : (plan, GatewayErrors.NoTarget(asked, RemovalReport.For(removed, call.Caller.Key, entry)));
    }

    /// <summary>Targets that rest leave the order: they are asked only when no other could answer.</summary>
    private static (IReadOnlyList<PlannedTarget> Targets, IReadOnlyList<PlannedTarget> Resting, IReadOnlyList<RemovedCandidate> Removed) Rest(List<Candidate> ordered, IReadOnlyList<RemovedCandidate> removed)
    {
        if (ordered.TrueForAll(static c => c.Availability.IsAvailable))
        {
            var all = new PlannedTarget[ordered.Count];
            for (var i = 0; i < all.Length; i++)
                all[i] = ordered[i].Planned;
            return (all, [], removed);
        }
        List<PlannedTarget> targets = [], resting = [];
        List<RemovedCandidate> gone = [.. removed];
        foreach (var candidate in ordered)
        {
            if (candidate.Availability.IsAvailable)
            {
                targets.Add(candidate.Planned);
                continue;
            }
            resting.Add(candidate.Planned);
            gone.Add(new RemovedCandidate(candidate.Planned.Target.Name, candidate.Availability.Reason!, "health"));
        }
        // All rest: nothing was removed by health, it is the plan.
        return (targets, resting, targets.Count == 0 ? removed : gone);
    }

    /// <summary>The targets of a fallback that are not in the plan already, through the same filters.</summary>
    private static IReadOnlyList<PlannedTarget> Further(PlanNode? fallback, PlanWalk walk, List<Candidate> ordered)
    {
        if (fallback is null)
            return [];
        var further = new List<Candidate>();
        fallback.Order(walk, further);
        return [.. further.Where(c => !ordered.Contains(c)).Select(c => c.Planned)];
    }

    private TimeSpan? SoonestOf(List<Candidate> ordered)
    {
        var wait = ordered.Min(c => c.Availability.Until) - time.GetUtcNow();
        return wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1);
    }
}
