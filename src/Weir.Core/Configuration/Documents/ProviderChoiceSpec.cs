using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>Which providers may be used.</summary>
public sealed record ProviderChoiceSpec
{
    public IReadOnlyList<string> Allow { get; init; } = [];
    public IReadOnlyList<string> Deny { get; init; } = [];

    public static RecordShape<ProviderChoiceSpec> Shape { get; } = new RecordShape<ProviderChoiceSpec>("providerChoice", "Which providers may be used. What is denied is not used, whatever is allowed.", new ProviderChoiceSpec())
        .Optional("allow", ShapeOf.List(ShapeOf.Pattern), "Only these entries of providers; each may end in *.", (s, v) => s with { Allow = v }, "all")
        .Optional("deny", ShapeOf.List(ShapeOf.Pattern), "None of these; each may end in *.", (s, v) => s with { Deny = v }, "none");
}
