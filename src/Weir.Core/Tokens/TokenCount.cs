namespace Weir.Core.Tokens;

/// <summary>A number of tokens and how it was found.</summary>
public readonly record struct TokenCount(long Tokens, TokenBasis Basis);

/// <summary>
/// <see cref="Exact"/>: the model's own encoding over the whole of what was asked. <see cref="Estimated"/>: anything else.
/// A prompt is always an estimate, as no vendor states what it puts around the messages.
/// </summary>
public enum TokenBasis { Exact, Estimated }
