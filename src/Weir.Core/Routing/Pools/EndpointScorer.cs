namespace Weir.Core.Routing.Pools;

/// <summary>Scores an endpoint for a call: how much work until the first token.</summary>
public static class EndpointScorer
{
    /// <summary>An answer in the making costs a prompt about this many blocks: decoding shares the steps of the engine.</summary>
    public const double RunningBlocks = 0.25;

    /// <summary>From this share on, a KV cache is nearly full.</summary>
    public const double FullCache = 0.9;

    /// <summary>Prompts' worth of waiting behind a KV cache that is wholly full.</summary>
    public const double FullCachePrompts = 4;

    /// <summary>Loading a LoRA adapter: about a second, in which a server computes some 64 blocks.</summary>
    public const double AdapterBlocks = 64;

    /// <summary>Loading a whole model: many seconds.</summary>
    public const double ModelBlocks = 2048;

    /// <summary>More than any queue: an unwell endpoint is the last choice, and still one.</summary>
    public const double UnwellBlocks = 1e6;

    /// <param name="endpoint">What is scored.</param>
    /// <param name="call">For which call.</param>
    /// <param name="meanBlocks">Blocks that prompts of this pool have to have computed on average.</param>
    /// <param name="loadedSomewhere">The call's model is among what some endpoint says is loaded.</param>
    /// <param name="engine">Kind of the servers, or null when unknown.</param>
    /// <param name="now">Time of the choice.</param>
    public static EndpointScore Score(PoolEndpoint endpoint, PoolCall call, double meanBlocks, bool loadedSomewhere, EngineKind? engine, DateTimeOffset now)
    {
        var work = endpoint.WorkAt(now, meanBlocks);
        var full = work.CacheUse is { } use && use > FullCache ? (use - FullCache) / (1 - FullCache) : 0;
        return new EndpointScore
        {
            Prefix = call.Length == 0 ? meanBlocks : call.Length - endpoint.Prefixes.Match(call.Blocks),
            Queue = work.QueuedBlocks,
            Running = work.Running * RunningBlocks,
            Cache = full * FullCachePrompts * meanBlocks,
            Adapter = loadedSomewhere && !endpoint.HasLoaded(call.Model) ? (engine == EngineKind.Ollama ? ModelBlocks : AdapterBlocks) : 0,
            Unwell = endpoint.IsUnwellAt(now) ? UnwellBlocks : 0,
        };
    }
}
