namespace Weir.Core.Semantics.Difficulty;

/// <summary>What of a request shows how hard it is. Lives as long as the text it points to.</summary>
public readonly ref struct DifficultyFeatures
{
    /// <summary>The last message of the user, UTF-8; looked at through <see cref="Features.TextWindow"/>.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>Bytes of the whole prompt: all messages, system prompt and tools. 0: not known, the text's own are taken.</summary>
    public long PromptBytes { get; init; }

    /// <summary>Messages of the conversation so far.</summary>
    public int Turns { get; init; }

    /// <summary>Tools on offer.</summary>
    public int Tools { get; init; }

    /// <summary>Images, recordings and documents.</summary>
    public int Media { get; init; }

    /// <summary>Whether the answer must follow a schema.</summary>
    public bool HasAnswerSchema { get; init; }
}
