using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Identity;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Routing.Records;
using Weir.Core.Tests.Configuration;
using Weir.Core.Tokens;

namespace Weir.Core.Tests.Routing.Records;

/// <summary>What a replay reports, against calls whose answer is known beforehand.</summary>
public sealed class PolicySimulationTests
{
    private const string Models = RouteKit.Providers + """
        prices:
          - {name: eu-price, provider: azure-eu, model: m, input: 10, output: 10}
          - {name: us-price, provider: azure-us, model: m, input: 1, output: 1}
        models:
          - {name: eu, targets: [{provider: azure-eu, model: m}]}
          - {name: us, targets: [{provider: azure-us, model: m}]}

        """;

    private static readonly DialectTable Dialects = new([new OpenAiChatDialect()]);

    [Fact]
    public void Targets_cost_and_latency_are_compared()
    {
        // 100 calls for eu, 50 for us; the other configuration sends all to us.
        var report = Replay(Models + "routes: [{name: all, plan: us}]", Calls(100, "eu", "azure-eu/m", 800), Calls(50, "us", "azure-us/m", 200));
        Assert.Equal((150, 150, 100), (report.Calls, report.Decided, (int)report.Changed));
        Assert.Equal([new TargetFlow("azure-eu/m", "azure-us/m", 100)], report.Flows);
        // 1000 tokens at $10 and at $1 per million.
        Assert.Equal((100 * 10_000_000_000 + 50 * 1_000_000_000L, 150 * 1_000_000_000L), (report.Cost.Before.Picos, report.Cost.After.Picos));
        Assert.Equal(150, report.Cost.Calls);
        Assert.InRange(report.Latency.FirstTokenBefore.P50!.Value, 700, 900);
        Assert.InRange(report.Latency.FirstTokenAfter.P95!.Value, 180, 220);
        Assert.Equal(0, report.Latency.Unknown);
        Assert.Empty(report.Blocked);
    }

    [Fact]
    public void The_same_configuration_changes_nothing_even_where_lots_are_drawn()
    {
        const string Lots = Models + "routes: [{name: lots, plan: {weighted: [{weight: 3, plan: eu}, {weight: 1, plan: us}]}}]";
        var report = Replay(Lots, Calls(750, "eu", "azure-eu/m", 800), Calls(250, "eu", "azure-us/m", 200));
        Assert.Equal(1000, report.ByChance);
        Assert.InRange(report.Changed, 0, 10);
        Assert.InRange(report.Targets.Single(t => t.Target == "azure-eu/m").CallsAfter, 740, 760);
        var half = Replay(Lots.Replace("weight: 3", "weight: 1", StringComparison.Ordinal), Calls(750, "eu", "azure-eu/m", 800), Calls(250, "eu", "azure-us/m", 200));
        Assert.InRange(Assert.Single(half.Flows).Calls, 240, 260);
    }

    [Fact]
    public void Refused_calls_are_counted_by_what_refuses_them()
    {
        var report = Replay(Models + "routes: [{name: eu-only, require: {residency: [eu]}}]", Calls(10, "eu", "azure-eu/m", 10), Calls(7, "us", "azure-us/m", 10));
        var blocked = Assert.Single(report.Blocked);
        Assert.Equal(7, blocked.Calls);
        Assert.StartsWith("residency: azure-us/m: ", blocked.Reason);
        Assert.Equal(3, blocked.Examples.Count);
        Assert.Equal([new TargetFlow("azure-us/m", PolicySimulation.Refused, 7)], report.Flows);
    }

    [Fact]
    public void What_cannot_be_decided_again_is_counted_apart_with_the_reason()
    {
        var old = Record("old", "eu", "azure-eu/m", 10) with { Decision = """{"route":{"asked":"eu"},"attempts":[]}"""u8.ToArray() };
        var damaged = old with { Id = "damaged", Decision = "{"u8.ToArray() };
        var unrouted = old with { Id = "unrouted", Decision = """{"config":"x","attempts":[]}"""u8.ToArray() };
        var copy = old with { Id = "copy", Decision = """{"shadowOf":"y","route":{},"attempts":[]}"""u8.ToArray() };
        var report = Replay(Models + """routes: [{name: german, match: {languages: [de]}, plan: us}]""", [old, damaged, unrouted, copy, Record("new", "eu", "azure-eu/m", 10)]);
        Assert.Equal((4, 0, 1), ((int)report.Calls, (int)report.Decided, (int)report.Unrouted));
        Assert.Equal(["a rule looks at the content's language, which was not looked at then", "its record has no facts: it is of an earlier version, or about objects at a provider", "its record is damaged"],
            report.Undecided.Select(u => u.Reason).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_same_seed_gives_the_same_report()
    {
        const string Lots = Models + "routes: [{name: lots, plan: {weighted: [{weight: 3, plan: eu}, {weight: 1, plan: us}]}}]";
        static string Text(PolicyReport r) => string.Join(';', r.Flows) + string.Join(';', r.Targets) + r.Cost + r.Latency;
        Assert.Equal(Text(Replay(Lots, Calls(40, "eu", "azure-eu/m", 5))), Text(Replay(Lots, Calls(40, "eu", "azure-eu/m", 5))));
    }

    private static PolicyReport Replay(string configuration, params IEnumerable<RequestRecord>[] calls)
    {
        using var simulation = new PolicySimulation(Kit.Good(configuration), Dialects, new TokenCounter(TimeProvider.System), 7);
        foreach (var call in calls.SelectMany(c => c))
            simulation.Take(call);
        return simulation.Report();
    }

    private static IEnumerable<RequestRecord> Calls(int count, string asked, string target, int firstMs) => Enumerable.Range(0, count).Select(i => Record($"{asked}{i}", asked, target, firstMs));

    private static RequestRecord Record(string id, string asked, string target, int firstMs)
    {
        var call = RouteKit.Call(asked, key: id);
        call = call with { Facts = new RequestFacts { Model = asked, PromptTextBytes = 4000, Stream = true, MessageCount = 1 } };
        var cost = target.StartsWith("azure-eu", StringComparison.Ordinal) ? 10_000_000_000 : 1_000_000_000;
        using var buffer = new MemoryStream();
        using (var json = new System.Text.Json.Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            FactsWriter.Write(json, call);
            json.WritePropertyName("rest");
            json.WriteRawValue($$"""{"x":1}""");
            json.WriteEndObject();
        }
        var facts = System.Text.Encoding.UTF8.GetString(buffer.ToArray())[..^",\"rest\":{\"x\":1}}".Length];
        var decision = $$"""
            {{facts}},"route":{"asked":"{{asked}}"},"candidates":[{"target":"{{target}}","state":"chosen"}],
            "attempts":[{"n":1,"target":"{{target}}","outcome":"ok","status":200,"ms":{{firstMs * 3}},"ttftMs":{{firstMs}},"usage":{"input":900,"output":100},"priceState":"priced","costPicos":{{cost}}}]}
            """;
        return new RequestRecord
        {
            Id = id,
            StartedAt = Kit.Now,
            Operation = "chat",
            Dialect = "openai-chat",
            Attempts = 1,
            Status = 200,
            Outcome = "ok",
            Stream = true,
            Duration = TimeSpan.FromMilliseconds(firstMs * 3),
            Usage = new Usage { InputUncached = 900, OutputVisible = 100 },
            Cost = new Money(cost),
            Decision = System.Text.Encoding.UTF8.GetBytes(decision),
        };
    }
}
