using System.Text.Json;
using Weir.Core.Metering;
using Weir.Core.Spine;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Spine;

/// <summary>Copies of mirrored calls: made, recorded and paid for, and never felt.</summary>
public sealed class ShadowTests
{
    private static string Configuration(string copyTo) => """
        server: {drainTimeout: 0s}
        providers:
          - {name: main, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: , openai-responses: }}
          - {name: copy, kind: simulated, baseUrl: "COPY", dialects: {anthropic-messages: }, region: eu-west-1}
        models:
          - {name: m, targets: [{provider: main, model: gpt-4o}]}
          - {name: c, targets: [{provider: copy, model: claude-sonnet-5}]}
        routes:
          - {name: copied, match: {models: [m]}, plan: {mirror: {to: c, plan: m}}}
          - {name: guarded, match: {models: [us-only]}, require: {providers: {allow: [main]}}, plan: {mirror: {to: c, plan: m}}}
        """.Replace("COPY", copyTo, StringComparison.Ordinal);

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_copy_has_entries_and_a_record_of_its_own_that_lead_to_its_call_and_back(bool stream)
    {
        await using var weir = await WeirFixture.StartAsync(Configuration("{sim}"));
        var answer = await weir.ChatAsync("m", "hello there", stream);
        Assert.Equal(200, answer.Status);
        Assert.Equal("main/gpt-4o", answer.Headers["x-weir-target"]);

        var id = ShadowIds.Of(answer.RequestId!, 1);
        var (copy, entries) = await weir.RecordOfAsync(id);
        Assert.Equal(("copy/claude-sonnet-5", "ok"), (copy.Target, copy.Outcome));
        Assert.Equal(answer.RequestId, ShadowIds.CallOf(copy.Id));
        var entry = Assert.Single(entries);
        Assert.Equal(AttemptOutcome.Ok, entry.Settlement!.Outcome);
        Assert.True(entry.Settlement.Usage.OutputTotal > 0);
        using var decision = JsonDocument.Parse(copy.Decision);
        Assert.Equal(answer.RequestId, decision.RootElement.GetProperty("shadowOf").GetString());

        var (call, attempts) = await weir.RecordOfAsync(answer);
        Assert.Single(attempts);
        var kinds = await weir.Ledger.SumAsync(new UsageQuery([UsageDimension.Kind], null, null), TestContext.Current.CancellationToken);
        Assert.Equal([("call", 1L, attempts[0].Settlement!.Cost), ("copy", 1L, entry.Settlement.Cost)], kinds.Select(k => (k.Group[0], k.Calls, k.Cost)).OrderBy(k => k.Item1));
        using var own = JsonDocument.Parse(call.Decision);
        Assert.Equal(id, own.RootElement.GetProperty("shadows")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_copy_that_nobody_answers_is_not_felt_and_ends_with_the_process()
    {
        using var hole = await BlackHole.OpenAsync(TestContext.Current.CancellationToken);
        var weir = await WeirFixture.StartAsync(Configuration(hole.BaseUrl.AbsoluteUri));
        try
        {
            for (var i = 0; i < 3; i++)
                Assert.Equal(200, (await weir.ChatAsync("m", "hello")).Status);
        }
        finally
        {
            // Would wait for ever for an answer that does not come.
            await weir.DisposeAsync();
        }
    }

    [Fact]
    public async Task Copies_that_there_was_no_room_for_are_counted()
    {
        using var hole = await BlackHole.OpenAsync(TestContext.Current.CancellationToken);
        await using var weir = await WeirFixture.StartAsync(Configuration(hole.BaseUrl.AbsoluteUri));
        for (var i = 0; i < Shadows.StandardMost + 3; i++)
            Assert.Equal(200, (await weir.ChatAsync("m", "hello")).Status);

        using var admin = new HttpClient { BaseAddress = weir.Admin };
        var dropped = await Eventually.GetAsync(async () => Dropped(await admin.GetStringAsync("/metrics", TestContext.Current.CancellationToken)), n => n >= 3, "dropped copies");
        Assert.Equal(weir.Host.Shadows!.Dropped, dropped);
        Assert.InRange(weir.Host.Shadows.UnderWay, 1, Shadows.StandardMost);

        static long Dropped(string metrics) => long.Parse(metrics.Split('\n').Single(l => l.StartsWith("weir_shadow_calls_dropped_total ", StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_copy_meets_the_requirements_of_its_call()
    {
        await using var weir = await WeirFixture.StartAsync(Configuration("{sim}"));
        var answer = await weir.ChatAsync("us-only", "hello");
        Assert.Equal(200, answer.Status);
        var (call, _) = await weir.RecordOfAsync(answer);
        using var decision = JsonDocument.Parse(call.Decision);
        Assert.False(decision.RootElement.TryGetProperty("shadows", out _));
    }
}
