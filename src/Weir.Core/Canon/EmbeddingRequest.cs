namespace Weir.Core.Canon;

/// <summary>Texts to be turned into vectors.</summary>
public sealed record EmbeddingRequest : OneShotRequest
{
    /// <summary>What to embed, in order.</summary>
    public required IReadOnlyList<EmbeddingInput> Inputs { get; init; }

    /// <summary>Length of the vectors, or null for the model's own.</summary>
    public long? Dimensions { get; init; }

    /// <summary>The client wants vectors as base64 of little-endian 32-bit floats (OpenAI <c>encoding_format</c>).</summary>
    public bool AsBase64 { get; init; }

    /// <summary>What the vectors are for, in Cohere's words (<c>search_document</c>, <c>search_query</c>, …), or null.</summary>
    public string? Purpose { get; init; }

    /// <summary>Cut inputs that are too long (true) or fail (false); null = the upstream's own way.</summary>
    public bool? Truncate { get; init; }
}

/// <summary>One input: text, or token ids as the client spelled them (a JSON array).</summary>
public readonly record struct EmbeddingInput(string? Text, RawJson Tokens = default);
