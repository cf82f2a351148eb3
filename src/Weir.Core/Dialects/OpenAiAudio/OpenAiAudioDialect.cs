using Weir.Core.Dialects.PassThrough;

namespace Weir.Core.Dialects.OpenAiAudio;

/// <summary>OpenAI sound (wire notes §3): speech (binary or SSE), transcriptions and translations (a form; JSON, text or SSE).</summary>
public sealed class OpenAiAudioDialect : PassThroughDialect
{
    /// <inheritdoc/>
    public override string Name => "openai-audio";

    /// <inheritdoc/>
    public override IReadOnlyList<ClientRoute> ClientRoutes { get; } =
    [
        new("/v1/audio/speech", Operation.Speech),
        new("/v1/audio/transcriptions", Operation.Transcription),
        new("/v1/audio/translations", Operation.Transcription),
    ];

    /// <inheritdoc/>
    // Only a form is a recording: speech is asked for in JSON.
    public override IResponseTap CreateTap(RequestFacts facts, UpstreamTarget target) =>
        new MediaTap(facts.Boundary is null ? MediaKind.Audio : MediaKind.Text, facts);
}
