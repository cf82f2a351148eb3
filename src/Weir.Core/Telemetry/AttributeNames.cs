namespace Weir.Core.Telemetry;

/// <summary>Span and metric attributes: OpenTelemetry GenAI conventions where they have a name, <c>weir.*</c> where they have none.</summary>
public static class AttributeNames
{
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestStream = "gen_ai.request.stream";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ResponseTimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string TokenType = "gen_ai.token.type";

    /// <summary>All prompt tokens, cached ones included (the convention's definition).</summary>
    public const string UsageInputTokens = "gen_ai.usage.input_tokens";

    /// <summary>All reply tokens, reasoning included (the convention's definition).</summary>
    public const string UsageOutputTokens = "gen_ai.usage.output_tokens";

    public const string UsageCacheReadTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string UsageCacheCreationTokens = "gen_ai.usage.cache_creation.input_tokens";
    public const string UsageReasoningTokens = "gen_ai.usage.reasoning.output_tokens";
    public const string ErrorType = "error.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string HttpStatus = "http.response.status_code";

    public const string RequestId = "weir.request.id";
    public const string Dialect = "weir.dialect";
    public const string Tenant = "weir.tenant";
    public const string Team = "weir.team";
    public const string KeyId = "weir.key.id";
    public const string Target = "weir.target";
    public const string Attempt = "weir.attempt";
    public const string Attempts = "weir.attempts";
    public const string Outcome = "weir.outcome";
    public const string CostPicodollars = "weir.cost.picodollars";
    public const string PriceState = "weir.price.state";
}
