using System.Text;
using Weir.Core.Canon;
using Weir.Core.Catalog;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Routing.Records;
using Weir.Core.Tests.Configuration;
using Weir.Core.Tokens;

namespace Weir.Core.Tests.Routing.Records;

/// <summary>A replay of very many calls, each second one unlike all others, holds no more than one of few.</summary>
[Collection(nameof(MemoryAlone))]
public sealed class PolicySimulationSizeTests
{
    private const int Many = 100_000;

    /// <summary>Memory is looked at so often.</summary>
    private const int Step = 2_000;

    private const string Other = RouteKit.Providers + """
        prices: [{name: p, provider: azure-eu, model: "*", input: 10, output: 10}]
        models:
          - {name: "x-*", targets: [{provider: azure-eu}, {provider: azure-us}]}
          - {name: elsewhere, targets: [{provider: silent, model: m}]}
        routes:
          - {name: refused, match: {labels: {side: [refused]}}, require: {providers: {deny: [azure-eu, azure-us]}}}
        """;

    /// <summary>A call whose number stands wherever a caller can bring a name of its own.</summary>
    private const string Template = """
        {"config":"x","facts":{"dialect":"openai-chat","operation":"chat","tenant":"tenant-#","team":"team-#","keyId":"key-#","key":"key-#","promptBytes":4000,
        "inputTokens":1000,"messages":2,"userHash":"user-#","labels":{"side":"@","number":"#"},"affinity":{"session":"%","key":"%"}},
        "route":{"asked":"x-#","name":"route-#"},"candidates":[{"target":"azure-us/x-#","state":"chosen"}],
        "attempts":[{"n":1,"target":"azure-us/x-#","outcome":"ok","status":200,"ms":900,"ttftMs":300,"usage":{"input":900,"output":100},"priceState":"priced","costPicos":5000}]}
        """;

    /// <param name="side">What would become of the calls: refused, or sent elsewhere.</param>
    /// <param name="slack">States of targets come and go by the thousand, so memory goes up and down by as much.</param>
    [Theory]
    [InlineData("refused", 1)]
    [InlineData("moved", 3)]
    public void Memory_does_not_grow_with_the_number_of_calls(string side, int slack)
    {
        using var simulation = new PolicySimulation(Kit.Good(Other), new DialectTable([new OpenAiChatDialect()]), new TokenCounter(TimeProvider.System));
        var held = new List<long>();
        for (var i = 0; i < Many; i += Step)
        {
            Replay(simulation, side, i, i + Step);
            held.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        // The second quarter knows every bounded table full. Decisions alone were 100 MB; a name kept for each call would be 5 MB.
        var (early, late) = (held[(held.Count / 4)..(held.Count / 2)].Max(), held[^(held.Count / 4)..].Max());
        Assert.True(late - early < slack << 20, $"{late - early:N0} bytes more are held after another {Many / 2:N0} calls: {string.Join(' ', held.Select(h => h >> 10))} KiB");
        var report = simulation.Report();
        Assert.Equal((Many, Many, Many), (report.Calls, report.Decided, report.Changed));
        Assert.Equal(side == "refused" ? Many : 0, report.Blocked.Sum(b => b.Calls));
        Assert.InRange(report.Targets.Count, 1, 100);
    }

    private static void Replay(PolicySimulation simulation, string side, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var number = i % 2 == 0 ? i : i % 100;
            var decision = Template.Replace("#", $"{number}", StringComparison.Ordinal).Replace("@", side, StringComparison.Ordinal).Replace("%", $"{i:x16}", StringComparison.Ordinal);
            simulation.Take(new RequestRecord
            {
                Id = $"call-{i}",
                StartedAt = Kit.Now.AddMilliseconds(i),
                Operation = "chat",
                Dialect = "openai-chat",
                Attempts = 1,
                Status = 200,
                Outcome = "ok",
                Duration = TimeSpan.FromMilliseconds(900),
                Usage = new Usage { InputUncached = 900, OutputVisible = 100 },
                Cost = new Money(5000),
                Decision = Encoding.UTF8.GetBytes(decision),
            });
        }
    }
}
