using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>What a client's request may look like at most; null = the default of <see cref="RequestLimits.Default"/>.</summary>
public sealed record LimitsSpec
{
    public long? MaxBody { get; init; }
    public long? MaxUpload { get; init; }
    public long? MaxMessage { get; init; }
    public long? MaxJsonDepth { get; init; }
    public long? MaxHeaders { get; init; }
    public long? MaxHeaderBytes { get; init; }

    public static RecordShape<LimitsSpec> Shape { get; } = new RecordShape<LimitsSpec>("requestLimits", "What a client's request may look like at most.", new LimitsSpec())
        .Optional("maxBody", ShapeOf.Size(1 << 10, 1 << 30), "Largest body.", (s, v) => s with { MaxBody = v }, "64MiB")
        .Optional("maxUpload", ShapeOf.Size(1 << 10, int.MaxValue), "Largest form with files; such bodies are passed on while they arrive.", (s, v) => s with { MaxUpload = v }, "512MiB")
        .Optional("maxMessage", ShapeOf.Size(1 << 10, 1 << 30), "Largest message of a realtime session, in either direction.", (s, v) => s with { MaxMessage = v }, "16MiB")
        .Optional("maxJsonDepth", ShapeOf.Whole(8, 512), "Deepest nesting of a JSON body.", (s, v) => s with { MaxJsonDepth = v }, "64")
        .Optional("maxHeaders", ShapeOf.Whole(16, 1000), "Most header fields.", (s, v) => s with { MaxHeaders = v }, "100")
        .Optional("maxHeaderBytes", ShapeOf.Size(4 << 10, 1 << 20), "Largest header section.", (s, v) => s with { MaxHeaderBytes = v }, "64KiB");
}
