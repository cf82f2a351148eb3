using BenchmarkDotNet.Attributes;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Identity;
using Weir.Core.Routing;
using Weir.Core.Spine;

namespace Weir.Benchmarks;

/// <summary>What writing a decision record costs: without and with labels, signals and removed candidates.</summary>
public class DecisionRecordBenchmarks
{
    private readonly DecisionRecord _record = new(TimeProvider.System);
    private RouteCall _plain = null!;
    private RouteCall _full = null!;
    private Plan _plan = null!;

    [GlobalSetup]
    public void Setup()
    {
        var key = new VirtualKey { Id = "key_0123456789abcdef0123", Name = "app", Tenant = "default", Hash = default, Hint = "", CreatedAt = DateTimeOffset.UnixEpoch };
        _plain = new RouteCall
        {
            Asked = "gpt-4o",
            Dialect = new OpenAiChatDialect(),
            Operation = Operation.Chat,
            Caller = new Caller("default", null, key),
            Facts = new RequestFacts { Model = "gpt-4o", PromptTextBytes = 1024, MessageCount = 2, Stream = true },
        };
        _full = _plain with
        {
            Labels = new Dictionary<string, string> { ["workload"] = "support", ["sensitivity"] = "confidential" },
            Region = "eu",
            Content = new ContentSignals { Intent = "refund", IntentConfidence = 0.93, Language = "de" },
            Affinity = new AffinityKeys { Session = 1, Key = 2, Prefixes = [3, 4, 5] },
        };
        _plan = new Plan(new PublicModel { Name = "gpt-4o", Targets = [] }, [], [.. Enumerable.Range(0, 4).Select(i => new RemovedCandidate($"provider/model-{i}", "it is in eastus, not in any of eu-*", "region"))]);
    }

    [Benchmark(Baseline = true)]
    public int Plain() => _record.Write("0123456789ab", _plain, null, null).Length;

    [Benchmark]
    public int Full() => _record.Write("0123456789ab", _full, _plan, null).Length;
}
