using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Where traces and metrics are sent.</summary>
public sealed record OtlpSpec
{
    public Uri? Endpoint { get; init; }
    public IReadOnlyDictionary<string, SecretRef> Headers { get; init; } = new Dictionary<string, SecretRef>();

    /// <summary><c>http/protobuf</c> or <c>grpc</c>.</summary>
    public string Protocol { get; init; } = "http/protobuf";

    public static RecordShape<OtlpSpec> Shape { get; } = new RecordShape<OtlpSpec>("otlp", "Where traces and metrics are sent.", new OtlpSpec())
        .Required("endpoint", ShapeOf.Url, "Base URL of the collector.", (s, v) => s with { Endpoint = v })
        .Optional("headers", ShapeOf.Map(ShapeOf.Secret), "Headers for the collector, each value by reference.", (s, v) => s with { Headers = v })
        .Optional("protocol", ShapeOf.Choice("OTLP protocol", ("http/protobuf", "http/protobuf"), ("grpc", "grpc")), "How to speak to it.", (s, v) => s with { Protocol = v }, "http/protobuf");
}
