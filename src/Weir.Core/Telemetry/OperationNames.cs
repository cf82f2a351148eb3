using Weir.Core.Dialects;

namespace Weir.Core.Telemetry;

/// <summary><see cref="Operation"/> in words: the value of <c>gen_ai.operation.name</c> and of the <c>operation</c> label.</summary>
public static class OperationNames
{
    /// <summary>The convention knows <c>chat</c>, <c>text_completion</c> and <c>embeddings</c>; the others are ours.</summary>
    public static string Of(Operation operation) => operation switch
    {
        Operation.Chat => "chat",
        Operation.Embeddings or Operation.BatchEmbeddings => "embeddings",
        Operation.Completion => "text_completion",
        Operation.Rerank => "rerank",
        Operation.CountTokens => "count_tokens",
        Operation.ListModels => "list_models",
        Operation.GetModel => "get_model",
        Operation.Images => "images",
        Operation.Speech => "speech",
        Operation.Transcription => "transcription",
        Operation.Moderation => "moderation",
        Operation.Files => "files",
        Operation.Batches => "batches",
        Operation.VectorStores => "vector_stores",
        Operation.Conversations => "conversations",
        Operation.Containers => "containers",
        Operation.Realtime => "realtime",
        _ => "other",
    };
}
