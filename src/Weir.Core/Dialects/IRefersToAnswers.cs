namespace Weir.Core.Dialects;

/// <summary>
/// A dialect whose clients may name earlier answers instead of sending them again (OpenAI Responses). What an answer was
/// made of is kept as a document that only the dialect reads.
/// </summary>
public interface IRefersToAnswers
{
    /// <summary>Ids of kept answers that the request names itself; only of those that Weir wrote.</summary>
    IReadOnlyList<string> AnswersNamedIn(ReadOnlyMemory<byte> request);

    /// <summary>The answer before this one in its conversation, or null.</summary>
    string? PredecessorOf(ReadOnlyMemory<byte> kept);

    /// <summary>The request with the conversation it names written out. What is not in <paramref name="kept"/> stays named.</summary>
    byte[] WriteOut(ReadOnlyMemory<byte> request, IReadOnlyDictionary<string, byte[]> kept);
}
