namespace Weir.Core.Dialects;

/// <summary>What a call asks for, whatever the dialect (OTel <c>gen_ai.operation.name</c> in <c>Telemetry</c>).</summary>
public enum Operation
{
    Chat,
    CountTokens,
    Embeddings,
    ListModels,
    GetModel,

    /// <summary>A text goes on: no conversation.</summary>
    Completion,

    Rerank,

    /// <summary>Several embedding requests in one call.</summary>
    BatchEmbeddings,

    /// <summary>Making or changing images.</summary>
    Images,

    /// <summary>Text to sound.</summary>
    Speech,

    /// <summary>Sound to text, in the same language or translated.</summary>
    Transcription,

    Moderation,

    /// <summary>Files and uploads: no model is called.</summary>
    Files,

    /// <summary>Batch jobs: what they cost is charged when their results are fetched.</summary>
    Batches,

    VectorStores,

    /// <summary>Items of a conversation that the provider keeps.</summary>
    Conversations,

    /// <summary>Places at a provider where its tools run, and the files in them.</summary>
    Containers,

    /// <summary>A two-way session over WebSocket.</summary>
    Realtime,
}
