namespace Weir.Core.Dialects;

/// <summary>Operations as they are written to the ledger, metrics and spans (OTel <c>gen_ai.operation.name</c> values where one exists).</summary>
public static class OperationNames
{
    public static string Of(Operation operation) => operation switch
    {
        Operation.Chat => "chat",
        Operation.Embeddings => "embeddings",
        Operation.CountTokens => "count_tokens",
        Operation.ListModels => "list_models",
        Operation.GetModel => "get_model",
        _ => "other",
    };
}
