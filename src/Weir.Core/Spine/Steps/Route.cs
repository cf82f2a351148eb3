using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Routing;

namespace Weir.Core.Spine.Steps;

/// <summary>
/// Step 4: the model asked for → eligible targets in order. Leaves with: <see cref="Exchange.Plan"/>.
/// Native targets (same dialect as the client) and translated ones keep the order of the configuration.
/// </summary>
public sealed class Route(DialectTable dialects, RouteObjects objects)
{
    public ValueTask<GatewayError?> RunAsync(Exchange exchange) =>
        exchange.Facts!.Objects is { } call ? objects.RunAsync(exchange, call) : ValueTask.FromResult(Run(exchange));

    private GatewayError? Run(Exchange exchange)
    {
        var asked = exchange.Facts!.Model;
        var resolved = exchange.Snapshot.Models.Resolve(asked);
        if (!ModelGrant.Allows(exchange.Caller!.Key, asked))
        {
            // What the key may not use is not told apart from what does not exist, unless it exists.
            return resolved is null ? GatewayErrors.UnknownModel(asked, null) : GatewayErrors.ModelNotGranted(asked);
        }

        if (resolved is not { } found)
            return GatewayErrors.UnknownModel(asked, exchange.Snapshot.Models.Suggest(asked, exchange.Caller.Key));

        var targets = new List<PlannedTarget>(found.Targets.Count);
        List<RemovedCandidate>? removed = null;
        foreach (var target in found.Targets)
        {
            if (Speak(exchange, target) is { } planned)
                targets.Add(planned);
            else
                (removed ??= []).Add(new RemovedCandidate(target.Name, $"its provider does not serve {exchange.Dialect.Name} {exchange.Operation}, and it cannot be translated"));
        }

        if (targets.Count == 0)
            return GatewayErrors.NoTarget(asked, string.Join("; ", removed!.Select(r => $"{r.Target}: {r.Reason}")));

        exchange.Plan = new Plan(found.Model, targets, removed ?? []);
        return null;
    }

    private PlannedTarget? Speak(Exchange exchange, Target target)
    {
        var spoken = target.Provider.Dialects;
        if (spoken.TryGetValue(exchange.Dialect.Name, out var url))
            return new PlannedTarget(target, exchange.Dialect, url ?? target.Provider.BaseUrl, IsNative: true);
        if (exchange.Operation is not (Operation.Chat or Operation.CountTokens or Operation.Completion))
            return SpeakOneShot(exchange, target);

        PlannedTarget? first = null;
        foreach (var (name, other) in spoken)
        {
            if (dialects.Find(name) is not { CanTranslate: true } dialect || !exchange.Dialect.CanTranslate)
                continue;
            var planned = new PlannedTarget(target, dialect, other ?? target.Provider.BaseUrl, IsNative: false);
            // A provider may count in one of its dialects only.
            if (exchange.Operation != Operation.CountTokens || dialect is ITokenCountDialect)
                return planned;
            first ??= planned;
        }
        return first;
    }

    private PlannedTarget? SpeakOneShot(Exchange exchange, Target target)
    {
        if (exchange.Dialect is not IOneShotDialect own || !own.Translates(exchange.Operation))
            return null;
        foreach (var (name, other) in target.Provider.Dialects)
        {
            if (dialects.Find(name) is IOneShotDialect dialect && dialect.Translates(exchange.Operation))
                return new PlannedTarget(target, dialect, other ?? target.Provider.BaseUrl, IsNative: false);
        }
        return null;
    }
}
