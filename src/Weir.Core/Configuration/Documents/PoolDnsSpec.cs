using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>A DNS name behind which every address is a server of a pool.</summary>
public sealed record PoolDnsSpec
{
    public string Name { get; init; } = "";
    public long Port { get; init; } = 8000;
    public string Path { get; init; } = "/v1";
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(10);

    public static RecordShape<PoolDnsSpec> Shape { get; } = new RecordShape<PoolDnsSpec>("pool dns", "A name behind which every address is a server. The servers are spoken to in plain HTTP, by address. A look-up that fails changes nothing.", new PoolDnsSpec())
        .Required("name", ShapeOf.Name, "Looked up for A and AAAA records, for example vllm.models.svc.cluster.local.", (s, v) => s with { Name = v })
        .Optional("port", ShapeOf.Whole(1, 65535), "Port of every server.", (s, v) => s with { Port = v }, "8000")
        .Optional("path", ShapeOf.Text, "Path of their base URLs.", (s, v) => s with { Path = v }, "/v1")
        .Optional("refresh", ShapeOf.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), "Time between look-ups.", (s, v) => s with { Refresh = v }, "10s");
}
