namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>What the strict pass gathers.</summary>
internal sealed class FactsFound
{
    /// <summary>Contents of a conversation, or inputs to embed.</summary>
    public int Contents { get; set; }

    public long TextBytes { get; set; }
    public bool HasMedia { get; set; }
    public bool HasTools { get; set; }
    public long? MaxOutputTokens { get; set; }
    public int Choices { get; set; } = 1;

    /// <summary>Where the body repeats the model's name.</summary>
    public List<ByteRange> ModelValues { get; } = [];

    public List<Splice> Edits { get; } = [];
}
