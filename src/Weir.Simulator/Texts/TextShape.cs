namespace Weir.Simulator.Texts;

/// <summary>The APIs that continue a text.</summary>
internal enum TextShape
{
    /// <summary>OpenAI's <c>/completions</c>.</summary>
    Completions,

    /// <summary>Triton's <c>/v2/models/{m}/generate</c> and <c>/generate_stream</c>.</summary>
    Triton,

    /// <summary>Text Generation Inference's <c>/generate</c> and <c>/generate_stream</c>.</summary>
    Tgi,
}
