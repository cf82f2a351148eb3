using Weir.Core.Configuration;
using Weir.Core.Routing.Health;

namespace Weir.Core.Routing.Plans;

/// <summary>
/// One call's walk through a plan tree: what nodes may ask, and what they leave behind. Every target, wherever it stands in
/// the tree, goes through the same filters once.
/// </summary>
public sealed class PlanWalk(RouteCall call, Snapshot snapshot, ModelRoute? route, EligibilityFilters filters, ITargetStates states, IRandomSource random,
    TimeProvider time)
{
    // Walks are short: a list is searched faster than a table is made.
    private readonly List<(string Target, Candidate? Candidate)> _seen = [];
    private readonly List<RemovedCandidate> _removed = [];
    private readonly List<PlanStep> _steps = [];

    public RouteCall Call { get; } = call;
    public Snapshot Snapshot { get; } = snapshot;
    public ModelRoute? Route { get; } = route;

    /// <summary>What the model asked for requires by itself, beside <see cref="Route"/>; null = nothing.</summary>
    public RouteRequirements? Further { get; init; }

    public ITargetStates States { get; } = states;
    public IRandomSource Random { get; } = random;
    public TimeProvider Time { get; } = time;

    /// <summary>What filters removed, in the order they were met.</summary>
    public IReadOnlyList<RemovedCandidate> Removed => _removed;

    public IReadOnlyList<PlanStep> Steps => _steps;

    /// <summary>Targets that get a copy of the call.</summary>
    public List<Candidate> Shadows { get; } = [];

    /// <summary>The targets of a model, each with a concrete upstream name; null when nothing serves the name.</summary>
    public Resolution? Resolve(string model) => Snapshot.Models.Resolve(model);

    /// <summary>The target as a candidate, or null: a filter removed it, and <see cref="Removed"/> says which.</summary>
    /// <param name="target">A target of the model.</param>
    /// <param name="model">The entry by which the walk came to it.</param>
    public Candidate? Consider(Target target, PublicModel model)
    {
        foreach (var seen in _seen)
        {
            if (seen.Target == target.Name)
                return seen.Candidate;
        }
        Candidate? candidate = null;
        if (filters.Check(target, Call, Route, Further, out var planned) is { } removed)
            _removed.Add(removed with { Model = model });
        else
            candidate = new Candidate(planned!, States.Of(target).AvailabilityAt(Time.GetUtcNow()));
        _seen.Add((target.Name, candidate));
        return candidate;
    }

    /// <summary>Notes what a node decided.</summary>
    public void Note(string node, string choice) => _steps.Add(new PlanStep(node, choice));
}
