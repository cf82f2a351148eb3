namespace Weir.Core.Dialects;

/// <summary>What a call asks for, whatever the dialect (OTel <c>gen_ai.operation.name</c> in <c>Telemetry</c>).</summary>
public enum Operation { Chat, CountTokens, Embeddings, ListModels, GetModel, Completion, Rerank }
