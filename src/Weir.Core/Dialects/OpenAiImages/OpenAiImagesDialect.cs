using Weir.Core.Dialects.PassThrough;

namespace Weir.Core.Dialects.OpenAiImages;

/// <summary>OpenAI images (wire notes §3): generations, edits and variations, as JSON or as a form.</summary>
public sealed class OpenAiImagesDialect : PassThroughDialect
{
    /// <inheritdoc/>
    public override string Name => "openai-images";

    /// <inheritdoc/>
    public override IReadOnlyList<ClientRoute> ClientRoutes { get; } =
    [
        new("/v1/images/generations", Operation.Images),
        new("/v1/images/edits", Operation.Images),
        new("/v1/images/variations", Operation.Images),
    ];

    /// <inheritdoc/>
    public override IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) => new MediaTap(MediaKind.Image, facts);

    /// <inheritdoc/>
    protected override string? DefaultModel(Operation operation) => "dall-e-2";
}
