using Weir.Core.Routing;
using Weir.Core.Routing.Health;

namespace Weir.Core.Spine;

/// <summary>
/// Which target is asked next: those of the plan in order, past the ones that began to rest meanwhile; then, rather than
/// fail, the resting ones (unless the route refuses in panic). A fallback for one kind of refusal changes what is left.
/// </summary>
internal sealed class AttemptCourse(Plan plan, ITargetStates states, TimeProvider time)
{
    private readonly bool _mayPanic = plan.Route?.Panic != PanicMode.Refuse;
    private IReadOnlyList<PlannedTarget> _ahead = plan.Targets;
    private int _next;
    private List<PlannedTarget>? _resting;
    private bool _panics;
    private HashSet<string>? _tooSmall;
    private long _moreContextThan;
    private bool _contextFallbackUsed;

    /// <summary>How many targets could still be asked; those that rest count only once nothing else is left.</summary>
    public int Standby
    {
        get
        {
            var count = _panics ? _resting!.Count : 0;
            for (var i = _next; i < _ahead.Count; i++)
            {
                if (Fits(_ahead[i]))
                    count++;
            }
            return count;
        }
    }

    /// <summary>The next target, entered; null when there is none left.</summary>
    public (PlannedTarget Planned, TargetState State)? Take()
    {
        while (_next < _ahead.Count)
        {
            var planned = _ahead[_next++];
            if (!Fits(planned))
                continue;
            var state = states.Of(planned.Target);
            if (state.TryEnter(time.GetUtcNow()))
                return (planned, state);
            if (_mayPanic)
                (_resting ??= []).Add(planned);
        }
        return TakeResting();
    }

    /// <summary>The next target that neither rests nor is refused by <paramref name="may"/>, entered; null when there is none. Others stay ahead.</summary>
    public (PlannedTarget Planned, TargetState State)? TakeAvailable(Func<PlannedTarget, TargetState, bool> may)
    {
        for (var i = _next; i < _ahead.Count; i++)
        {
            var planned = _ahead[i];
            var state = states.Of(planned.Target);
            if (!Fits(planned) || !state.AvailabilityAt(time.GetUtcNow()).IsAvailable || !may(planned, state) || !state.TryEnter(time.GetUtcNow()))
                continue;
            _ahead = [.. _ahead.Skip(_next).Where(p => !ReferenceEquals(p, planned))];
            _next = 0;
            return (planned, state);
        }
        return null;
    }

    /// <summary>
    /// The prompt was too long for this target's model: it is asked nowhere again in this call; after the other models of the
    /// plan come those of the fallback.
    /// </summary>
    public void NeedsMoreContext(PlannedTarget planned)
    {
        (_tooSmall ??= new HashSet<string>(StringComparer.Ordinal)).Add(planned.Target.Model);
        _moreContextThan = Math.Max(_moreContextThan, planned.Target.ContextWindow ?? 0);
        if (_contextFallbackUsed)
            return;
        _contextFallbackUsed = true;
        _ahead = [.. _ahead.Skip(_next), .. plan.ContextFallback];
        _next = 0;
    }

    /// <summary>The content was refused: only the fallback for that is left. False when there is none.</summary>
    public bool NeedsOtherPolicy()
    {
        if (plan.ContentFallback.Count == 0)
            return false;
        // Once: what is left of it stays ahead when one of its targets refuses too.
        if (!ReferenceEquals(_ahead, plan.ContentFallback))
            (_ahead, _next, _panics, _resting) = (plan.ContentFallback, 0, true, []);
        return true;
    }

    private (PlannedTarget Planned, TargetState State)? TakeResting()
    {
        if (!_panics)
        {
            _panics = true;
            _resting ??= [];
            if (_mayPanic)
                _resting.AddRange(plan.Resting);
        }
        while (_resting!.Count > 0)
        {
            var planned = _resting[0];
            _resting.RemoveAt(0);
            if (!Fits(planned))
                continue;
            var state = states.Of(planned.Target);
            state.EnterAnyway();
            return (planned, state);
        }
        return null;
    }

    /// <summary>Not a model that refused for its length, nor one known to take no more than those.</summary>
    private bool Fits(PlannedTarget planned) => _tooSmall is null
        || (!_tooSmall.Contains(planned.Target.Model) && !(planned.Target.ContextWindow <= _moreContextThan));
}
