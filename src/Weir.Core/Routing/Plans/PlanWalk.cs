using Weir.Core.Configuration;
using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Health;
using Weir.Core.Tokens;

namespace Weir.Core.Routing.Plans;

/// <summary>
/// One call's walk through a plan tree: what nodes may ask, and what they leave behind. Every target, wherever it stands in
/// the tree, goes through the same filters once.
/// </summary>
public sealed class PlanWalk(RouteCall call, Snapshot snapshot, ModelRoute? route, EligibilityFilters filters, ITargetStates states, IRandomSource random,
    TimeProvider time)
{
    // Most walks meet one target and decide nothing: lists are made when there is something to put in.
    private (Target Target, Candidate? Candidate) _first;
    private List<(Target Target, Candidate? Candidate)>? _seen;
    private List<RemovedCandidate>? _removed;
    private List<PlanStep>? _steps;
    private List<PlanCopy>? _copies;

    public RouteCall Call { get; } = call;
    public Snapshot Snapshot { get; } = snapshot;
    public ModelRoute? Route { get; } = route;

    /// <summary>What the model asked for requires by itself, beside <see cref="Route"/>; null = nothing.</summary>
    public RouteRequirements? Further { get; init; }

    public IRandomSource Random { get; } = random;

    /// <summary>When the walk takes place: one time for all its targets.</summary>
    public DateTimeOffset Now { get; } = time.GetUtcNow();

    /// <summary>Which target has which prompt in its cache; null = nobody remembers.</summary>
    public AffinityTable? Warmth { get; init; }

    /// <summary>Counts prompts in the tokens of a target; null = by bytes alone.</summary>
    public ITokenCounter? Tokens { get; init; }

    /// <summary>What filters removed, in the order they were met.</summary>
    public IReadOnlyList<RemovedCandidate> Removed => _removed ?? (IReadOnlyList<RemovedCandidate>)[];

    public IReadOnlyList<PlanStep> Steps => _steps ?? (IReadOnlyList<PlanStep>)[];

    /// <summary>By what later calls find the target that took this one; null = nothing keeps them together.</summary>
    public AffinityTrail? Trail { get; set; }

    /// <summary>The targets of a model, each with a concrete upstream name; null when nothing serves the name.</summary>
    public Resolution? Resolve(string model) => Snapshot.Models.Resolve(model);

    /// <summary>The target as a candidate, or null: a filter removed it, and <see cref="Removed"/> says which.</summary>
    /// <param name="target">A target of the model.</param>
    /// <param name="model">The entry by which the walk came to it.</param>
    public Candidate? Consider(Target target, PublicModel model)
    {
        if (_first.Target is null)
            return (_first = (target, Check(target, model))).Candidate;
        if (_first.Target.Name == target.Name)
            return _first.Candidate;
        foreach (var seen in _seen ??= [])
        {
            if (seen.Target.Name == target.Name)
                return seen.Candidate;
        }
        var candidate = Check(target, model);
        _seen.Add((target, candidate));
        return candidate;
    }

    /// <summary>Notes what a node decided.</summary>
    public void Note(string node, string choice) => (_steps ??= []).Add(new PlanStep(node, choice));

    /// <summary>The call is copied, if the branch that says so is the one that answers.</summary>
    public void Copy(Candidate to, string why) => (_copies ??= []).Add(new PlanCopy(to, why));

    /// <summary>Looks at what a plan would do; see <see cref="Take"/>.</summary>
    public PlanBranch Explore(PlanNode plan)
    {
        var (steps, copies, trail) = (_steps, _copies, Trail);
        (_steps, _copies, Trail) = (null, null, null);
        var candidates = new List<Candidate>();
        plan.Order(this, candidates);
        var branch = new PlanBranch { Candidates = candidates, Steps = _steps, Copies = _copies, Trail = Trail };
        (_steps, _copies, Trail) = (steps, copies, trail);
        return branch;
    }

    /// <summary>Appends a branch: what it noted, its targets, and, where it is the one that answers, its copies.</summary>
    public void Take(PlanBranch branch, List<Candidate> into)
    {
        var answers = !Candidate.AnyAvailable(into);
        foreach (var candidate in branch.Candidates)
        {
            if (!into.Contains(candidate))
                into.Add(candidate);
        }
        Keep(branch, answers);
    }

    /// <summary>What a branch noted counts; and, if it is the one that <paramref name="answers"/>, its copies.</summary>
    public void Keep(PlanBranch branch, bool answers)
    {
        if (branch.Steps is { } steps)
            (_steps ??= []).AddRange(steps);
        if (!answers)
            return;
        if (branch.Copies is { } copies)
            (_copies ??= []).AddRange(copies);
        Trail = branch.Trail ?? Trail;
    }

    /// <summary>The walk is over: the targets that get a copy of the call.</summary>
    public IReadOnlyList<PlannedTarget> TakeCopies()
    {
        if (_copies is null)
            return [];
        foreach (var copy in _copies)
            Note("mirror", copy.Why);
        return [.. _copies.Select(c => c.To.Planned)];
    }

    private Candidate? Check(Target target, PublicModel model)
    {
        if (filters.Check(target, Call, Route, Further, out var planned) is { } removed)
        {
            (_removed ??= []).Add(removed with { Model = model });
            return null;
        }
        var state = states.Of(target);
        return new Candidate(planned!, state, state.AvailabilityAt(Now));
    }
}
