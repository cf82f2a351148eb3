namespace Weir.Core.Canon;

/// <summary>A question with one answer that is no conversation: embeddings, reranking. Never a stream.</summary>
public abstract record OneShotRequest
{
    /// <summary>The model the client asked for.</summary>
    public required string Model { get; init; }

    /// <summary>Stable end-user identifier, or null.</summary>
    public string? UserId { get; init; }
}
