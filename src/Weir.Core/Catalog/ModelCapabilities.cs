namespace Weir.Core.Catalog;

/// <summary>What a model can take or produce beyond text, as its maker states it.</summary>
[Flags]
public enum ModelCapabilities
{
    None = 0,
    Tools = 1 << 0,
    ImageInput = 1 << 1,
    AudioInput = 1 << 2,
    DocumentInput = 1 << 3,
    Reasoning = 1 << 4,
    StructuredOutput = 1 << 5,
    ImageOutput = 1 << 6,
    AudioOutput = 1 << 7,

    /// <summary>Goes on from the beginning of an answer.</summary>
    Prefill = 1 << 8,
}
