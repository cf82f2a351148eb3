using Weir.Core.Dialects.PassThrough;

namespace Weir.Core.Dialects.OpenAiModerations;

/// <summary>OpenAI moderations (wire notes §3). They are free where usage is not reported.</summary>
public sealed class OpenAiModerationsDialect : PassThroughDialect
{
    /// <inheritdoc/>
    public override string Name => "openai-moderations";

    /// <inheritdoc/>
    public override IReadOnlyList<ClientRoute> ClientRoutes { get; } = [new("/v1/moderations", Operation.Moderation)];

    /// <inheritdoc/>
    public override IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new MediaTap(MediaKind.Text);

    /// <inheritdoc/>
    protected override string? DefaultModel(Operation operation) => "omni-moderation-latest";
}
