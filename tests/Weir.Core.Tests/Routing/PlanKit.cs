using System.Diagnostics.CodeAnalysis;
using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Identity;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Health;
using Weir.Core.Routing.Plans;
using Weir.Core.Tests.Configuration;
using Weir.Core.Tests.Identity;
using Weir.Core.Tests.Upstream.Auth;
using Weir.Core.Tokens;

namespace Weir.Core.Tests.Routing;

/// <summary>Four models <c>a</c> to <c>d</c> with one target each (<c>a/m</c>), and what plans over them make of a call.</summary>
[SuppressMessage("Design", "CA1001", Justification = "These target states share with nobody, so there is nothing to let go of.")]
internal sealed class PlanKit
{
    private static readonly OpenAiChatDialect Chat = new();
    private readonly TargetStates _states = new();
    private readonly SeededRandomSource _random = new(11);

    /// <param name="models">Further models and prices as YAML.</param>
    public PlanKit(string models = "")
    {
        var providers = string.Concat("abcd".Select(p => $"  - {{name: {p}, kind: openai-compatible, baseUrl: \"https://{p}.example.com/v1\", credential: {{fromEnv: APP_KEY}}}}\n"));
        var own = string.Concat("abcd".Select(p => $"  - {{name: {p}, targets: [{{provider: {p}, model: m}}]}}\n"));
        Snapshot = Kit.Good($"providers:\n{providers}models:\n{own}{models}");
        Warmth = new AffinityTable(Time);
    }

    public ManualTime Time { get; } = new();
    public Snapshot Snapshot { get; }
    public AffinityTable Warmth { get; }

    public static RouteCall Call(string model = "a", int key = 1, IAffinityKeys? affinity = null, string? user = null, string? region = null, long inputTokens = 100,
        IContentSignals? content = null) => new()
        {
            Asked = model,
            Dialect = Chat,
            Operation = Operation.Chat,
            Caller = new Caller("default", null, Keys.Make(key)),
            Facts = new RequestFacts { Model = model, PromptTextBytes = inputTokens * 4, MessageCount = 1, UserId = user },
            User = user is null ? null : new EndUser(user, "hash of " + user),
            At = Kit.Now,
            Affinity = affinity ?? AffinityKeys.None,
            Region = region,
            Content = content ?? ContentSignals.Unknown,
        };

    public Target Target(string model) => Snapshot.Models.Find(model)!.Targets[0];

    public TargetState State(string model) => _states.Of(Target(model));

    /// <summary>The target of a model takes no calls for the next while.</summary>
    public void Rest(string model) => Left(model, new AttemptReport
    {
        EndedAt = Time.GetUtcNow(),
        Outcome = AttemptOutcome.Rejected,
        Status = 429,
        Duration = TimeSpan.FromSeconds(1),
        RestUntil = Time.GetUtcNow() + TimeSpan.FromMinutes(1),
    });

    /// <summary>The target of a model answered.</summary>
    public void Answered(string model, double firstToken = 0.5, double perToken = 0.01, long input = 100, long cacheRead = 0, long output = 100)
    {
        State(model).Await(input, Time.GetUtcNow()).Came(TimeSpan.FromSeconds(firstToken), Time.GetUtcNow());
        Left(model, new AttemptReport
        {
            EndedAt = Time.GetUtcNow(),
            Outcome = AttemptOutcome.Ok,
            Status = 200,
            Streamed = true,
            TimeToFirstToken = TimeSpan.FromSeconds(firstToken),
            Duration = TimeSpan.FromSeconds(firstToken + (perToken * (output - 1))),
            InputTokens = input,
            CacheReadTokens = cacheRead,
            OutputTokens = output,
        });
    }

    public PlanWalk Walk(RouteCall? call = null) => new(call ?? Call(), Snapshot, null,
        new EligibilityFilters(new DialectTable([Chat]), new TokenCounter(Time)), _states, _random, Time)
    {
        Warmth = Warmth,
    };

    /// <summary>What the plan makes of a call.</summary>
    public (List<Candidate> Order, PlanWalk Walk) Order(PlanNode plan, RouteCall? call = null)
    {
        var walk = Walk(call);
        var order = new List<Candidate>();
        plan.Order(walk, order);
        return (order, walk);
    }

    /// <summary>Names of the providers in order: <c>"a b"</c>.</summary>
    public string Names(PlanNode plan, RouteCall? call = null) => string.Join(' ', Order(plan, call).Order.Select(c => c.Planned.Target.Provider.Name));

    /// <summary>How often each provider came first.</summary>
    public Dictionary<string, int> Firsts(PlanNode plan, int calls, Func<int, RouteCall>? call = null)
    {
        var firsts = new Dictionary<string, int>();
        for (var i = 0; i < calls; i++)
        {
            var name = Order(plan, call?.Invoke(i)).Order[0].Planned.Target.Provider.Name;
            firsts[name] = firsts.GetValueOrDefault(name) + 1;
        }
        return firsts;
    }

    private void Left(string model, AttemptReport report)
    {
        State(model).TryEnter(Time.GetUtcNow());
        State(model).Leave(report);
    }
}
