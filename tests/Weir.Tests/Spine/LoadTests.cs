using System.Text;
using Weir.Core.Metering;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

public sealed class LoadTests
{
    private static readonly string[] Ways =
        ["tokens=5", "tokens=5 cut=4", "status=429", "tokens=5 stall=4", "tokens=30 pace=1ms", "tokens=5 error-at=4", "html=1", "tokens=5 end=1"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_mixed_calls_at_once_are_each_settled_once_and_nothing_stays_open()
    {
        await using var weir = await StartAsync();
        var calls = Enumerable.Range(0, 200).Select(async i =>
        {
            var (path, model) = (i % 4) switch
            {
                0 => (ChatPath, "chat"),
                1 => (MessagesPath, "messages"),
                2 => (ChatPath, "messages"),
                _ => (MessagesPath, "chat"),
            };
            using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            try
            {
                var way = Ways[i / 4 % Ways.Length];
                using var response = await weir.SendAsync(path, Encoding.UTF8.GetBytes(Body(path, model, $"[[sim {way}]] hello", stream: i % 3 != 0)), cancellationToken: leave.Token);
                if (way.Contains("stall", StringComparison.Ordinal))
                    return;
                await Answer.ReadAsync(response, Cancellation);
            }
            catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
            {
                // Left on purpose.
            }
        }).ToList();
        // A whole answer that stalls has no head yet: those callers leave when everybody else is done.
        var patience = Task.Delay(TimeSpan.FromSeconds(8), Cancellation);
        await Task.WhenAny(Task.WhenAll(calls), patience);
        weir.Http.CancelPendingRequests();
        await Task.WhenAll(calls);

        await Eventually.TrueAsync(() => weir.Host.Metrics is { RequestsInFlight: 0, StreamsOpen: 0 }, "no call in flight");
        var records = await weir.Ledger.ListAsync(new RequestQuery(1000), Cancellation);
        Assert.Equal(200, records.Count);
        foreach (var record in records)
        {
            var found = await weir.Ledger.FindAsync(record.Id, Cancellation);
            Assert.NotNull(Assert.Single(found!.Value.Attempts).Settlement);
        }
        await Eventually.TrueAsync(() => weir.Simulator.State.Finished == 200, "every upstream call ended");
    }

    [Fact]
    public async Task A_hundred_reloads_under_calls_fail_none()
    {
        await using var weir = await StartAsync(Configuration(0));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var failures = new List<string>();
        var callers = Enumerable.Range(0, 8).Select(async i =>
        {
            var count = 0;
            while (!done.IsCancellationRequested)
            {
                var answer = await weir.CallAsync(i % 2 == 0 ? ChatPath : MessagesPath, "m", "[[sim tokens=3]] hello", stream: i % 3 == 0);
                if (answer.Status != 200 || answer.HasError || !answer.Clean)
                {
                    lock (failures)
                        failures.Add(answer.ToString());
                }
                count++;
            }
            return count;
        }).ToList();

        for (var reload = 1; reload <= 100; reload++)
        {
            var version = weir.Host.Snapshots.Current.Version;
            await weir.RewriteConfigurationAsync(Configuration(reload));
            Assert.Null(await weir.Host.Configuration.ReloadAsync(Cancellation));
            await Eventually.TrueAsync(() => weir.Host.Snapshots.Current.Version > version, $"reload {reload}");
        }
        await done.CancelAsync();

        Assert.All(await Task.WhenAll(callers), count => Assert.True(count > 0));
        Assert.Empty(failures);
    }

    private static string Configuration(int version)
    {
        var provider = version % 2 == 0 ? "c" : "a";
        return $$"""
            server: {drainTimeout: 0s}
            providers:
              - {name: c, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: } }
              - {name: a, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: } }
            models:
              - {name: m, displayName: "Version {{version}}", targets: [{provider: {{provider}}, model: "up-{{version}}"}]}
            """;
    }
}
