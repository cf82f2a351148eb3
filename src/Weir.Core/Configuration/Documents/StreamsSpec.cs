using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>How streamed answers are delivered.</summary>
public sealed record StreamsSpec
{
    /// <summary>Silence after which a keep-alive is sent; zero = none is.</summary>
    public TimeSpan KeepAlive { get; init; } = Snapshot.DefaultStreamKeepAlive;

    public static RecordShape<StreamsSpec> Shape { get; } = new RecordShape<StreamsSpec>("streams", "How streamed answers are delivered.", new StreamsSpec())
        .Optional("keepAlive", ShapeOf.Duration(TimeSpan.Zero, TimeSpan.FromHours(1)), "Silence of a begun stream after which the client gets a sign of life: an SSE comment, or a ping in Anthropic's dialect. 0s = never.", (s, v) => s with { KeepAlive = v }, "15s");
}
