using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Several servers of one's own behind one provider.</summary>
public sealed record PoolSpec
{
    public IReadOnlyList<Uri>? Endpoints { get; init; }
    public PoolDnsSpec? Dns { get; init; }
    public PoolMetricsSpec Metrics { get; init; } = new();

    /// <summary>False = <c>affinity: none</c>.</summary>
    public bool PrefixAffinity { get; init; } = true;

    public long QueueLimit { get; init; } = 64;
    public PoolPrioritiesSpec Priorities { get; init; } = new();

    public static RecordShape<PoolSpec> Shape { get; } = new RecordShape<PoolSpec>("pool", "Several servers of one's own behind one provider: every call goes to the one that will answer first.", new PoolSpec())
        .Optional("endpoints", ShapeOf.List(ShapeOf.Url), "Base URLs of the servers, up to and including the version segment; all with the same path. Private addresses are allowed.", (s, v) => s with { Endpoints = v })
        .Optional("dns", PoolDnsSpec.Shape, "A name behind which every address is a server (a headless service), in place of endpoints.", (s, v) => s with { Dns = v })
        .Optional("metrics", PoolMetricsSpec.Shape, "Where the servers tell their load.", (s, v) => s with { Metrics = v })
        .Optional("affinity", ShapeOf.Choice("Affinity", ("prefix", true), ("none", false)), "prefix: a prompt goes where its beginning is in the KV cache, unless the queue there costs more than the cache saves. none: only load counts.", (s, v) => s with { PrefixAffinity = v }, "prefix")
        .Optional("queueLimit", ShapeOf.Whole(1, 100_000), "Requests waiting at every server from which calls of low priority are refused with status 429; those of normal priority at twice as many, those of high priority never.", (s, v) => s with { QueueLimit = v }, "64")
        .Optional("priorities", PoolPrioritiesSpec.Shape, "Which calls are how important.", (s, v) => s with { Priorities = v })
        .ExactlyOneOf("endpoints", "dns");
}
