using Weir.Core.Dialects;

namespace Weir.Core.Routing.Matching;

/// <summary>The words for operations in routes and expressions. What names no model takes no route.</summary>
public static class OperationNames
{
    public static (string Word, Operation Value)[] All =>
    [
        ("chat", Operation.Chat),
        ("completion", Operation.Completion),
        ("count-tokens", Operation.CountTokens),
        ("embeddings", Operation.Embeddings),
        ("batch-embeddings", Operation.BatchEmbeddings),
        ("rerank", Operation.Rerank),
        ("images", Operation.Images),
        ("speech", Operation.Speech),
        ("transcription", Operation.Transcription),
        ("moderation", Operation.Moderation),
        ("realtime", Operation.Realtime),
    ];

    public static string Of(Operation operation) => operation switch
    {
        Operation.Chat => "chat",
        Operation.Completion => "completion",
        Operation.CountTokens => "count-tokens",
        Operation.Embeddings => "embeddings",
        Operation.BatchEmbeddings => "batch-embeddings",
        Operation.Rerank => "rerank",
        Operation.Images => "images",
        Operation.Speech => "speech",
        Operation.Transcription => "transcription",
        Operation.Moderation => "moderation",
        Operation.Realtime => "realtime",
        _ => "other",
    };
}
