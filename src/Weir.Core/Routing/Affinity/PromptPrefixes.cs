namespace Weir.Core.Routing.Affinity;

/// <summary>What one pass over a request body finds for affinity.</summary>
/// <param name="Session">Hash of the conversation that the body names (<c>prompt_cache_key</c>, <c>conversation</c>, <c>metadata.user_id</c>), or null.</param>
/// <param name="Hashes">
/// Of the prompt's beginnings, shortest first: system prompt and tools, when there are any, then with each turn.
/// </param>
public sealed record PromptPrefixes(ulong? Session, IReadOnlyList<ulong> Hashes)
{
    public static PromptPrefixes None { get; } = new(null, []);
}
