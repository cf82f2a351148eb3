using Weir.Core.Configuration;
using Weir.Core.Configuration.Documents;
using Weir.Core.Configuration.Secrets;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Identity;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Routing.Affinity;
using Weir.Core.Routing.Health;
using Weir.Core.Tokens;

namespace Weir.Testing.Routing;

/// <summary>
/// The real router, statistics and configuration around targets that exist only as numbers, on a clock that jumps from
/// event to event: an hour of calls in a second, the same every time.
/// </summary>
public sealed class SimulatedWorld : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly OpenAiChatDialect Chat = new();

    private readonly PriorityQueue<Action, DateTimeOffset> _underWay = new();
    private readonly TargetStates _states = new();
    private readonly AffinityTable _warmth;
    private readonly Router _router;
    private readonly Caller _caller;

    /// <param name="yaml">Models, routes and prices; providers are added for <paramref name="providers"/>.</param>
    /// <param name="providers">Names of the providers.</param>
    /// <param name="seed">Of the router's chance.</param>
    public SimulatedWorld(string yaml, IEnumerable<string> providers, ulong seed = 7)
    {
        var declared = string.Concat(providers.Select(p => $"  - {{name: {p}, kind: openai-compatible, baseUrl: \"https://{p}.example.com/v1\", credential: {{fromEnv: KEY}}}}\n"));
        var result = ConfigurationLoader.LoadText($"providers:\n{declared}{yaml}", "weir.yaml", new LoadContext { Secrets = new OneSecret(), HashKey = _ => default, Time = Clock });
        Snapshot = result.Snapshot ?? throw new ArgumentException(string.Join('\n', result.Diagnostics), nameof(yaml));
        _warmth = new AffinityTable(Clock);
        _router = new Router(new EligibilityFilters(new DialectTable([Chat]), new TokenCounter(Clock)), _states, new SeededRandomSource(seed), Clock, _warmth);
        _caller = new Caller("default", null, new VirtualKey { Id = "key_1", Name = "app", Tenant = "default", Hash = default, Hint = "", CreatedAt = Start });
    }

    public SimulatedClock Clock { get; } = new(Start);

    public Snapshot Snapshot { get; }

    /// <summary>Seconds since the beginning.</summary>
    public double Seconds => (Clock.GetUtcNow() - Start).TotalSeconds;

    /// <summary>A call for a model with a prompt of so many tokens.</summary>
    public RouteCall Call(string model, long inputTokens, IAffinityKeys? affinity = null) => new()
    {
        Asked = model,
        Dialect = Chat,
        Operation = Operation.Chat,
        Caller = _caller,
        Facts = new RequestFacts { Model = model, PromptTextBytes = inputTokens * 4, MessageCount = 1, Stream = true },
        At = Clock.GetUtcNow(),
        Affinity = affinity ?? AffinityKeys.None,
    };

    /// <summary>Time passes: what ends until then has ended.</summary>
    public void Pass(double seconds)
    {
        var until = Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        while (_underWay.TryPeek(out var happen, out var at) && at <= until)
        {
            _underWay.Dequeue();
            Clock.MoveTo(at);
            happen();
        }
        Clock.MoveTo(until);
    }

    public Plan Decide(RouteCall call) => _router.Decide(Snapshot, call).Plan ?? throw new InvalidOperationException("no plan");

    public TargetState StateOf(Target target) => _states.Of(target);

    /// <summary>Decides, and sends the call to the first target, whose answer comes in its time. Returns the target.</summary>
    public Target Send(RouteCall call, Func<Target, SimulatedAnswer> answer)
    {
        var plan = Decide(call);
        var target = plan.Targets[0].Target;
        var (state, said, now) = (_states.Of(target), answer(target), Clock.GetUtcNow());
        state.TryEnter(now);
        var ended = now + TimeSpan.FromSeconds(said.Seconds);
        var (wait, first) = (state.Await(call.InputTokens, now), TimeSpan.FromSeconds(said.FirstToken));
        if (said.Fails)
            _underWay.Enqueue(wait.End, now + first);
        else
            _underWay.Enqueue(() => wait.Came(first, now + first), now + first);
        _underWay.Enqueue(() => state.Leave(new AttemptReport
        {
            EndedAt = ended,
            Outcome = said.Fails ? AttemptOutcome.Failed : AttemptOutcome.Ok,
            Status = said.Fails ? 503 : 200,
            TimeToFirstToken = said.Fails ? null : TimeSpan.FromSeconds(said.FirstToken),
            Streamed = true,
            Duration = TimeSpan.FromSeconds(said.Seconds),
            InputTokens = said.InputTokens,
            CacheReadTokens = said.CacheRead,
            OutputTokens = said.OutputTokens,
        }), ended);
        plan.Trail?.Learn(_warmth, target.Name, said.InputTokens, said.CacheRead);
        return target;
    }

    public void Dispose() => _states.Dispose();

    private sealed class OneSecret : ISecretSource
    {
        public SecretReading Read(SecretRef reference) => SecretReading.Found("simulated-credential-1a2b3c");
        public string? ReadText(string file) => null;
        public bool FileExists(string file) => false;
    }
}
