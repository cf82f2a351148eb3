namespace Weir.Core.Dialects;

/// <summary>What is true of an operation whatever its dialect.</summary>
public static class OperationTraits
{
    /// <summary>What it uses can be estimated from text where nobody reports it.</summary>
    public static bool IsText(this Operation operation) => operation is
        Operation.Chat or Operation.Completion or Operation.Embeddings or Operation.Rerank or Operation.CountTokens;

    /// <summary>
    /// A call that reports no usage may still have used a model. False for what providers give away (moderations, counts)
    /// and for what is about objects, not models: storage fees are not metered here.
    /// </summary>
    public static bool MayCost(this Operation operation) => operation is not
        (Operation.CountTokens or Operation.Moderation or Operation.Files or Operation.Batches or Operation.VectorStores or Operation.Conversations or Operation.Containers);
}
