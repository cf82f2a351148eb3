using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Asking a provider regularly whether it is there.</summary>
public sealed record ProbeSpec
{
    public TimeSpan Every { get; init; }
    public string Path { get; init; } = "models";

    public static RecordShape<ProbeSpec> Shape { get; } = new RecordShape<ProbeSpec>("probe", "Asking a provider regularly whether it is there, with a request that costs nothing.", new ProbeSpec())
        .Required("every", ShapeOf.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), "Time between two probes.", (s, v) => s with { Every = v })
        .Optional("path", ShapeOf.Text, "What is fetched (GET), below the base URL. Any answer below 500 is a good one.", (s, v) => s with { Path = v }, "models");
}
