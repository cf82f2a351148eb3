using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Asking a provider regularly which models it offers.</summary>
public sealed record DiscoverSpec
{
    public TimeSpan Every { get; init; }

    public static RecordShape<DiscoverSpec> Shape { get; } = new RecordShape<DiscoverSpec>("discover", "Asking a provider regularly for its own list of models, beside the calls. The first time soon after the start. What appeared and disappeared is logged, and told by weir models report; nothing is served or refused for it.", new DiscoverSpec())
        .Required("every", ShapeOf.Duration(TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)), "Time between two questions, give or take a tenth.", (s, v) => s with { Every = v });
}
