using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Health;
using Weir.Core.Routing.Pools;

namespace Weir.Core.Spine;

/// <summary>
/// Which endpoint of a pool an attempt goes to, and whether a failed attempt is repeated at another one: to its target a pool
/// is one place, as several credentials are one account (<see cref="CredentialRotation"/>).
/// </summary>
public sealed class EndpointRotation(EndpointPools pools, TimeProvider time)
{
    /// <summary>Chooses the endpoint of an attempt, if its provider is a pool. An error = the pool takes no such call now.</summary>
    public GatewayError? Choose(Exchange exchange, Attempt attempt)
    {
        var target = attempt.Planned.Target;
        // Before a name was first looked up, the connection looks it up itself.
        if (pools.Of(target.Provider) is not { Endpoints.Count: > 0 } pool)
            return null;
        var spent = Spent(exchange, attempt.Planned);
        // A repeat after all of them failed: any may have got well.
        if (pool.Endpoints.All(spent.Contains))
            spent.Clear();
        var choice = pool.Choose(CallOf(exchange, target, pool.Settings), spent, time.GetUtcNow());
        attempt.Endpoint = choice.Lease;
        if (choice.Lease is not null)
            return null;
        attempt.Outcome = AttemptOutcome.Rejected;
        return choice.Overload is { } overload ? GatewayErrors.PoolOverloaded(target.Name, overload.Waiting, overload.RetryAfter)
            : GatewayErrors.UpstreamUnreachable(target.Name, "No endpoint of the pool is left to try.");
    }

    /// <summary>The attempt has ended: its endpoint is free of it, and knows how it went.</summary>
    /// <returns>What it tells about the target: the fault of one endpoint is not the target's while another could take over.</returns>
    public AttemptReport Leave(Exchange exchange, Attempt attempt, AttemptReport report)
    {
        if (attempt.Endpoint is not { } lease)
            return report;
        lease.Return(report);
        pools.Of(attempt.Planned.Target.Provider)?.Observe(report);
        return attempt.Error is not null && MayTryAgain(exchange, attempt) ? report with { IsNotItsFault = true, RestUntil = null } : report;
    }

    /// <summary>How many endpoints of the attempt's pool could take over from it: those that do not rest and were not tried in vain.</summary>
    public int Standby(Exchange exchange, Attempt attempt)
    {
        if (attempt.Endpoint is null || pools.Of(attempt.Planned.Target.Provider) is not { } pool)
            return 0;
        var now = time.GetUtcNow();
        return pool.Endpoints.Except(Spent(exchange, attempt.Planned)).Count(e => e != attempt.Endpoint.Endpoint && e.Health.AvailabilityAt(now).IsAvailable);
    }

    /// <summary>After an attempt that failed uncommitted: true = the same target once more, at another endpoint.</summary>
    public bool MayTryAgain(Exchange exchange, Attempt attempt) => MayHelp(attempt) && Standby(exchange, attempt) > 0;

    /// <summary>Another server of the same kind could do better: one that refuses the pool's credential may be the only one set up wrongly.</summary>
    private static bool MayHelp(Attempt attempt) => attempt.Error?.Party != Party.Gateway && Outcomes.MayTryNext(attempt)
        && (attempt.Outcome != AttemptOutcome.Rejected || attempt.Status is 401 or 402 or 403 or 404 or 408 or 409 or 425 or 429);

    /// <summary>Endpoints that this call has tried in vain.</summary>
    private static List<PoolEndpoint> Spent(Exchange exchange, PlannedTarget planned)
    {
        var spent = new List<PoolEndpoint>();
        foreach (var attempt in exchange.Attempts)
        {
            if (attempt.Endpoint is { } lease && attempt.Error is not null && ReferenceEquals(attempt.Planned, planned) && MayHelp(attempt))
                spent.Add(lease.Endpoint);
        }
        return spent;
    }

    private static PoolCall CallOf(Exchange exchange, Target target, PoolSettings settings)
    {
        var rules = settings.Priorities;
        var blocks = settings.PrefixAffinity ? BlocksOf(exchange, target.Model) : [];
        return new PoolCall
        {
            Model = target.Model,
            Blocks = blocks,
            Length = blocks.Count > 0 ? blocks.Count : (double)exchange.Facts!.PromptTextBytes / PromptBlocks.BlockBytes,
            Priority = rules.Of(rules.Label is { } label ? exchange.Labels.GetValueOrDefault(label) : null, rules.Header is { } header ? exchange.Client.Header(header) : null),
            Streamed = exchange.Facts!.Stream,
        };
    }

    private static List<ulong> BlocksOf(Exchange exchange, string model)
    {
        var blocks = new List<ulong>();
        if (exchange.Streamed is null && exchange.Facts!.Boundary is null && exchange.Dialect is not ISessionDialect)
            PromptBlocks.AddBlocks(exchange.Body.Span, PromptBlocks.Seed(model), blocks);
        return blocks;
    }
}
