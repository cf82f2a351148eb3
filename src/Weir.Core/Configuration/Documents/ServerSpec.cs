using System.Net;
using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>The listeners. Addresses, protocols and TLS take effect at start; limits, streams and drain time at once.</summary>
public sealed record ServerSpec
{
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8080);
    public IPEndPoint Admin { get; init; } = new(IPAddress.Loopback, 8081);
    public HttpProtocols Protocols { get; init; } = HttpProtocols.Both;
    public TlsSpec? Tls { get; init; }
    public LimitsSpec Limits { get; init; } = new();
    public StreamsSpec Streams { get; init; } = new();
    public string? TrustedRegionHeader { get; init; }
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public static RecordShape<ServerSpec> Shape { get; } = new RecordShape<ServerSpec>("server", "The listeners. Addresses, protocols and TLS need a restart; everything else takes effect at once.", new ServerSpec())
        .Optional("listen", ShapeOf.Listen, "Address and port for callers.", (s, v) => s with { Listen = v }, "127.0.0.1:8080")
        .Optional("admin", ShapeOf.Listen, "Address and port for health, metrics and administration.", (s, v) => s with { Admin = v }, "127.0.0.1:8081")
        .Optional("protocols", ShapeOf.Choice("protocol", ("http1", HttpProtocols.Http1), ("http2", HttpProtocols.Http2), ("both", HttpProtocols.Both)), "HTTP versions accepted.", (s, v) => s with { Protocols = v }, "both")
        .Optional("tls", TlsSpec.Shape, "TLS for callers.", (s, v) => s with { Tls = v }, "none")
        .Optional("limits", LimitsSpec.Shape, "What a client's request may look like at most.", (s, v) => s with { Limits = v })
        .Optional("streams", StreamsSpec.Shape, "How streamed answers are delivered.", (s, v) => s with { Streams = v })
        .Optional("trustedRegionHeader", ShapeOf.Name, "Header in which a load balancer in front says where the caller is, for example cloudfront-viewer-country. It must take the header from callers away. Without it only the label region counts.", (s, v) => s with { TrustedRegionHeader = v }, "none")
        .Optional("drainTimeout", ShapeOf.Duration(TimeSpan.Zero, TimeSpan.FromHours(2)), "How long running calls may finish after a stop was asked for.", (s, v) => s with { DrainTimeout = v }, "30s");
}
