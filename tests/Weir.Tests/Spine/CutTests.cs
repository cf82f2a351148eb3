using Weir.Core.Metering;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

/// <summary>After the commit point nothing is swapped and no cut looks like an end.</summary>
public sealed class CutTests
{
    [Theory]
    [InlineData(ChatPath, "chat", "cut")]
    [InlineData(ChatPath, "messages", "cut")]
    [InlineData(MessagesPath, "messages", "cut")]
    [InlineData(MessagesPath, "chat", "cut")]
    [InlineData(ChatPath, "chat", "end")]
    [InlineData(ChatPath, "messages", "end")]
    [InlineData(MessagesPath, "messages", "end")]
    [InlineData(MessagesPath, "chat", "end")]
    [InlineData(ChatPath, "chat", "error-at")]
    [InlineData(ChatPath, "messages", "error-at")]
    [InlineData(MessagesPath, "messages", "error-at")]
    [InlineData(MessagesPath, "chat", "error-at")]
    public async Task A_stream_broken_off_at_any_event_ends_in_the_dialects_error_event_and_is_settled(string path, string model, string how)
    {
        await using var weir = await StartAsync();
        var whole = await weir.CallAsync(path, model, "[[sim tokens=6 pace=1ms]] hello", stream: true, Usage(path));
        Assert.True(whole.HasEndMarker, whole.ToString());
        var last = weir.Simulator.State.Calls()[^1].Events;
        var ends = 0;
        for (var at = 0; at < last; at++)
        {
            var answer = await weir.CallAsync(path, model, $"[[sim tokens=6 pace=1ms {how}={at}]] hello", stream: true, Usage(path));
            var (request, attempts) = await weir.RecordOfAsync(answer);
            var settled = Assert.Single(attempts).Settlement!;
            var what = $"{how}={at} of {last}: {settled.Outcome} {answer}";

            if (settled.Outcome == AttemptOutcome.Ok)
            {
                // An orderly end after the finish reason: only the closing marker was missing, and perhaps the usage.
                Assert.True(how == "end" && model == "chat" && at >= last - 2 && answer is { Status: 200, HasError: false }, what);
                Assert.True(settled.UsageSource is UsageSource.Reported or UsageSource.Estimated, what);
                ends++;
                continue;
            }

            Assert.True(answer is { Clean: true, HasError: true, HasEndMarker: false }, what);
            Assert.Equal(path == MessagesPath, answer.Text.Contains("\"type\":\"error\"", StringComparison.Ordinal));
            Assert.NotEqual("ok", request.Outcome);
            if (answer.Status == 200)
            {
                Assert.True(settled.Outcome == (how == "error-at" ? AttemptOutcome.Failed : AttemptOutcome.Cut), what);
                Assert.True(settled.UsageSource is UsageSource.Estimated or UsageSource.Running or UsageSource.Reported, what);
                Assert.True(settled.Usage.InputUncached > 0, what);
            }
        }
        Assert.Equal(how == "end" && model == "chat" ? 2 : 0, ends);
        await Eventually.TrueAsync(() => weir.Host.Metrics is { RequestsInFlight: 0, StreamsOpen: 0 }, "no call in flight");
    }

    [Theory]
    [InlineData(ChatPath, "chat")]
    [InlineData(MessagesPath, "messages")]
    [InlineData(ChatPath, "messages")]
    [InlineData(MessagesPath, "chat")]
    public async Task A_cut_inside_an_event_leaves_no_half_event_before_the_error(string path, string model)
    {
        await using var weir = await StartAsync();
        for (var at = 3; at <= 6; at++)
        {
            // Writes of seven bytes: the gateway's reads end inside events.
            var answer = await weir.CallAsync(path, model, $"[[sim tokens=6 chunk=7 cut={at}]] hello", stream: true);

            Assert.True(answer.HasError, answer.ToString());
            Assert.All(answer.Events, e => System.Text.Json.JsonDocument.Parse(e).Dispose());
        }
    }

    [Fact]
    public async Task With_running_counts_a_cut_is_settled_with_what_was_served()
    {
        await using var weir = await StartAsync();

        var answer = await weir.ChatAsync("chat", "[[sim tokens=9 pace=1ms cut=6 usage=continuous]] hello", stream: true);

        var (_, attempts) = await weir.RecordOfAsync(answer);
        var served = weir.Simulator.State.Calls()[^1].Usage;
        Assert.Equal(UsageSource.Running, attempts[0].Settlement!.UsageSource);
        Assert.Equal((served.InputUncached, served.OutputVisible), (attempts[0].Settlement!.Usage.InputUncached, attempts[0].Settlement!.Usage.OutputVisible));
    }

    private static string Usage(string path) => path == ChatPath ? ",\"stream_options\":{\"include_usage\":true}" : "";
}
