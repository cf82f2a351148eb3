using Weir.Core.Dialects;
using Weir.Core.Routing.Requirements;
using Weir.Core.Tokens;

namespace Weir.Core.Routing;

/// <summary>
/// The hard conditions every place a call could go to must meet: targets, fallbacks, mirrors and judges alike go through
/// this one gate. The cheapest filters come first.
/// </summary>
public sealed class EligibilityFilters(DialectTable dialects, ITokenCounter tokens)
{
    /// <summary>The filters for what routes require; they look at the target alone, so that configurations are checked by them too.</summary>
    public static IReadOnlyList<ITargetFilter> OfRoutes { get; } =
        [new ProviderFilter(), new RegionFilter(), new ResidencyFilter(), new RetentionFilter(), new CapabilityFilter()];

    /// <summary>Name of the filter for what the call names at providers.</summary>
    public const string Objects = "objects";

    private readonly ContextWindowFilter _context = new(tokens);

    /// <summary>Null and the target with the dialect it will be spoken to in, or what removed it.</summary>
    /// <param name="target">A place the call could go to.</param>
    /// <param name="call">The call.</param>
    /// <param name="route">Its route, or null.</param>
    /// <param name="further">What else is required: by the route that gave the model asked for its name.</param>
    /// <param name="planned">The target as it will be spoken to.</param>
    public RemovedCandidate? Check(Target target, RouteCall call, ModelRoute? route, RouteRequirements? further, out PlannedTarget? planned)
    {
        planned = null;
        if ((Unmet(target, route?.Requirements) ?? Unmet(target, further)) is { } unmet)
            return unmet;
        if (CallNeedsFilter.Refuses(target, call) is { } lacks)
            return new RemovedCandidate(target.Name, lacks, CallNeedsFilter.Name);
        if (_context.Refuses(target, call) is { } tooLong)
            return new RemovedCandidate(target.Name, tooLong, ContextWindowFilter.Name);
        planned = Speak(call, target);
        if (planned is null)
            return new RemovedCandidate(target.Name, $"its provider does not serve {call.Dialect.Name} {call.Operation}, and it cannot be translated", "dialect");
        foreach (var named in call.Named)
        {
            if (!named.Allows(target.Provider))
                return new RemovedCandidate(target.Name, $"its provider does not have the {named.Object.Kind} that the call names", Objects);
        }
        return null;
    }

    /// <summary>The first requirement that a target does not meet, or null.</summary>
    public static RemovedCandidate? Unmet(Target target, RouteRequirements? requirements)
    {
        if (requirements is null)
            return null;
        foreach (var filter in OfRoutes)
        {
            if (filter.Refuses(target, requirements) is { } reason)
                return new RemovedCandidate(target.Name, reason, filter.Name);
        }
        return null;
    }

    private PlannedTarget? Speak(RouteCall call, Target target)
    {
        var spoken = target.Provider.Dialects;
        if (spoken.TryGetValue(call.Dialect.Name, out var url))
            return new PlannedTarget(target, call.Dialect, url ?? target.Provider.BaseUrl, IsNative: true);
        if (call.Operation is not (Operation.Chat or Operation.CountTokens or Operation.Completion))
            return SpeakOneShot(call, target);

        PlannedTarget? first = null;
        foreach (var (name, other) in spoken)
        {
            if (dialects.Find(name) is not { CanTranslate: true } dialect || !call.Dialect.CanTranslate)
                continue;
            var planned = new PlannedTarget(target, dialect, other ?? target.Provider.BaseUrl, IsNative: false);
            // A provider may count in one of its dialects only.
            if (call.Operation != Operation.CountTokens || dialect is ITokenCountDialect)
                return planned;
            first ??= planned;
        }
        return first;
    }

    private PlannedTarget? SpeakOneShot(RouteCall call, Target target)
    {
        if (call.Dialect is not IOneShotDialect own || !own.Translates(call.Operation))
            return null;
        foreach (var (name, other) in target.Provider.Dialects)
        {
            if (dialects.Find(name) is IOneShotDialect dialect && dialect.Translates(call.Operation))
                return new PlannedTarget(target, dialect, other ?? target.Provider.BaseUrl, IsNative: false);
        }
        return null;
    }
}
