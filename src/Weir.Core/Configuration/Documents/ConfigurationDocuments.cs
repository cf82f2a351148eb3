using Weir.Core.Catalog;
using Weir.Core.Configuration.Shapes;

namespace Weir.Core.Configuration.Documents;

/// <summary>
/// All documents of a configuration, whatever they were written in: a file, the environment, the admin API, a cluster.
/// </summary>
public sealed record ConfigurationDocuments
{
    public ServerSpec Server { get; init; } = new();
    public TelemetrySpec Telemetry { get; init; } = new();
    public ObjectsSpec Objects { get; init; } = new();
    public SharedStateSpec? SharedState { get; init; }
    public IReadOnlyList<Document<ProviderSpec>> Providers { get; init; } = [];
    public IReadOnlyList<Document<ModelSpec>> Models { get; init; } = [];
    public IReadOnlyList<Document<RouteSpec>> Routes { get; init; } = [];
    public IReadOnlyList<Document<IntentSpec>> Intents { get; init; } = [];
    public SignalsSpec Signals { get; init; } = new();
    public IReadOnlyList<Document<TenantSpec>> Tenants { get; init; } = [];
    public IReadOnlyList<Document<TeamSpec>> Teams { get; init; } = [];
    public IReadOnlyList<Document<KeySpec>> Keys { get; init; } = [];
    public IReadOnlyList<Document<PriceSpec>> Prices { get; init; } = [];

    public static RecordShape<ConfigurationDocuments> Shape { get; } = new RecordShape<ConfigurationDocuments>("weir.yaml", "The configuration file. Every list entry has a name by which others refer to it.", new ConfigurationDocuments())
        .Optional("server", ServerSpec.Shape, "The listeners.", (s, v) => s with { Server = v })
        .Optional("telemetry", TelemetrySpec.Shape, "Logs, traces and metrics.", (s, v) => s with { Telemetry = v })
        .Optional("objects", ObjectsSpec.Shape, "Files, uploads, batches and vector stores.", (s, v) => s with { Objects = v })
        .Optional("sharedState", SharedStateSpec.Shape, "What several replicas share.", (s, v) => s with { SharedState = v }, "nothing")
        .Optional("providers", ShapeOf.Documents(ProviderSpec.Shape), "Upstream accounts.", (s, v) => s with { Providers = v })
        .Optional("models", ShapeOf.Documents(ModelSpec.Shape, pattern: true), "Model names callers may ask for.", (s, v) => s with { Models = v })
        .Optional("routes", ShapeOf.Documents(RouteSpec.Shape), "Which calls go where; tried in order.", (s, v) => s with { Routes = v })
        .Optional("intents", ShapeOf.Documents(IntentSpec.Shape), "Kinds of requests that routes can tell apart, by example utterances.", (s, v) => s with { Intents = v })
        .Optional("signals", SignalsSpec.Shape, "How content is looked at for routes.", (s, v) => s with { Signals = v })
        .Optional("tenants", ShapeOf.Documents(TenantSpec.Shape), "Isolated customers or companies.", (s, v) => s with { Tenants = v })
        .Optional("teams", ShapeOf.Documents(TeamSpec.Shape), "Groups of callers.", (s, v) => s with { Teams = v })
        .Optional("keys", ShapeOf.Documents(KeySpec.Shape), "Virtual keys.", (s, v) => s with { Keys = v })
        .Optional("prices", ShapeOf.Documents(PriceShapes.Price), "Prices over or beside the shipped price book.", (s, v) => s with { Prices = v })
        .Reserved("budgets", "Spending limits.")
        .Reserved("limits", "Rate and concurrency limits.")
        .Reserved("guards", "Content checks.")
        .Reserved("caches", "Answer caches.")
        .Reserved("policies", "Rules attached to other entries.")
        .Reserved("mcpServers", "MCP servers.")
        .Reserved("agents", "A2A agents.");
}
