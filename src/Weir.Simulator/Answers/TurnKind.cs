namespace Weir.Simulator.Answers;

/// <summary>What a message, or an item, of a conversation brings.</summary>
internal enum TurnKind
{
    /// <summary>The user's own words: what came before is another turn.</summary>
    Words,
    Result,
    Other,
}
