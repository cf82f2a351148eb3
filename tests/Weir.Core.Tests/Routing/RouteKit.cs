using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.OpenAiEmbeddings;
using Weir.Core.Errors;
using Weir.Core.Identity;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Weir.Core.Tests.Configuration;
using Weir.Core.Tests.Identity;
using Weir.Core.Tokens;

namespace Weir.Core.Tests.Routing;

/// <summary>Calls by their facts, and a router over a configuration, without a gateway around them.</summary>
internal static class RouteKit
{
    /// <summary>Two providers that say much of themselves, and one that says nothing.</summary>
    public const string Providers = """
        providers:
          - {name: azure-eu, kind: openai-compatible, region: westeurope, residency: [eu], retention: 0d, baseUrl: "https://eu.example.com/v1", credential: {fromEnv: APP_KEY}}
          - {name: azure-us, kind: openai-compatible, region: eastus, residency: [us], retention: 30d, baseUrl: "https://us.example.com/v1", credential: {fromEnv: APP_KEY}}
          - {name: silent, kind: openai-compatible, baseUrl: "https://silent.example.com/v1", credential: {fromEnv: APP_KEY}}

        """;

    private static readonly OpenAiChatDialect Chat = new();

    public static RouteCall Call(string model, string? tenant = null, string? team = null, string? key = null, IReadOnlyDictionary<string, string>? labels = null,
        long promptBytes = 100, bool tools = false, IContentSignals? content = null, params IReadOnlyList<string> grants)
    {
        var owner = Keys.Make(1) with { Models = grants.Count == 0 ? ["*"] : grants, Name = key ?? "app-1" };
        return new RouteCall
        {
            Asked = model,
            Dialect = Chat,
            Operation = Operation.Chat,
            Caller = new Caller(tenant ?? "default", team, owner),
            Facts = new RequestFacts { Model = model, PromptTextBytes = promptBytes, HasTools = tools, MessageCount = 1 },
            At = Kit.Now,
            Labels = labels ?? new Dictionary<string, string>(),
            Content = content ?? ContentSignals.Unknown,
        };
    }

    public static Router Router(ITargetStates? states = null) =>
        new(new EligibilityFilters(new DialectTable([Chat, new AnthropicMessagesDialect(), new OpenAiEmbeddingsDialect()]), new TokenCounter(TimeProvider.System)),
            states ?? new TargetStates(), new SeededRandomSource(1), TimeProvider.System);

    public static (Plan? Plan, GatewayError? Error) Decide(Snapshot snapshot, RouteCall call) => Router().Decide(snapshot, call);

    /// <summary>Names of the targets in order; fails when there is no plan.</summary>
    public static IReadOnlyList<string> Targets(Snapshot snapshot, RouteCall call)
    {
        var (plan, error) = Decide(snapshot, call);
        Assert.True(error is null, error?.SafeMessage);
        return [.. plan!.Targets.Select(t => t.Target.Name)];
    }

    /// <summary>Name of the route that takes the call, or null.</summary>
    public static string? Route(Snapshot snapshot, RouteCall call) => snapshot.Routes.Match(call)?.Name;
}
