namespace Weir.Core.Canon;

/// <summary>Documents by relevance, best first.</summary>
public sealed record RerankAnswer : OneShotAnswer
{
    public required IReadOnlyList<RerankScore> Results { get; init; }
}

/// <summary>Position of a document in the request, and its score as the upstream spelled it.</summary>
public readonly record struct RerankScore(int Index, RawJson Score);
