using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Identity;
using Weir.Core.Routing;
using Weir.Core.Routing.Health;
using Weir.Core.Tokens;

namespace Weir.Benchmarks;

/// <summary>
/// What a call pays for routes, ten or ten thousand: by tenant and model, by key, by label with a condition, by prefix, in turn.
/// And what it takes to compile them, which a reload waits for.
/// </summary>
public class RouteBenchmarks
{
    private string _text = "";
    private Snapshot _snapshot = null!;
    private Router _router = null!;
    private RouteCall[] _calls = [];
    private int _next;

    [Params(10, 10_000)]
    public int Routes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _text = Configuration(Routes);
        _snapshot = Compile();
        var dialect = new OpenAiChatDialect();
        _router = new Router(new EligibilityFilters(new DialectTable([dialect]), new TokenCounter(TimeProvider.System)), new TargetStates(), new SeededRandomSource(1), TimeProvider.System);
        // From all over the list: calls are not as kind as to match the first.
        _calls = [.. Enumerable.Range(0, 64).Select(i => Call(dialect, i * (Routes / 64.0)))];
    }

    [Benchmark]
    public ModelRoute? Match() => _snapshot.Routes.Match(Next());

    [Benchmark]
    public Plan? Decide() => _router.Decide(_snapshot, Next()).Plan;

    [Benchmark]
    public Snapshot Compile() => ConfigurationLoader.LoadText(_text, "weir.yaml", new LoadContext { HashKey = _ => default, Time = TimeProvider.System }).Snapshot
        ?? throw new InvalidOperationException("the configuration has errors");

    private RouteCall Next() => _calls[_next++ % _calls.Length];

    private static RouteCall Call(OpenAiChatDialect dialect, double position)
    {
        var route = (int)position;
        var key = new VirtualKey
        {
            Id = $"key_{route}",
            Name = $"k{route}",
            Tenant = $"t{route % 20}",
            Hash = default,
            Hint = "wk-",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        return new RouteCall
        {
            Asked = (route % 4) switch { 0 => $"m{route}", 3 => $"p{route}/x", _ => "gpt-4o" },
            Dialect = dialect,
            Operation = Operation.Chat,
            Caller = new Caller(key.Tenant, null, key),
            Facts = new RequestFacts { Model = "gpt-4o", PromptTextBytes = 1000, MessageCount = 1 },
            Labels = new Dictionary<string, string> { ["workload"] = $"w{route}" },
        };
    }

    private static string Configuration(int routes)
    {
        var text = new StringBuilder("""
            providers: [{name: b, kind: vllm, region: eu-2, baseUrl: "http://127.0.0.1:9"}]
            models: [{name: gpt-4o, targets: [{provider: b}]}, {name: mini, targets: [{provider: b}]}]
            tenants: [
            """);
        text.AppendJoin(", ", Enumerable.Range(0, 20).Select(i => $"{{name: t{i}}}")).Append("]\nroutes:\n");
        for (var i = 0; i < routes; i++)
        {
            var match = (i % 4) switch
            {
                0 => $"tenants: [t{i % 20}], models: [m{i}]",
                1 => $"keys: [k{i}]",
                2 => $"workload: w{i}, when: 'request.input_tokens > 1 && labels.workload != \"x\"'",
                _ => $"models: ['p{i}/*'], tenants: [t{i % 20}]",
            };
            text.Append(CultureInfo.InvariantCulture, $"  - {{name: r{i}, match: {{{match}}}, plan: {{fallback: [gpt-4o, mini]}}, require: {{regions: ['eu-*']}}}}\n");
        }
        return text.ToString();
    }
}
