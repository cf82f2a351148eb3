using System.Text.Json;
using Weir.Core.Metering;
using Weir.Simulator.Records;
using Weir.Tests.Chaos;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Spine.Continuations.ContinuationWorld;

namespace Weir.Tests.Spine.Continuations;

/// <summary>An answer that was cut goes on at another target, and its client sees one stream.</summary>
public sealed class ContinuationTests(ContinuationWorld world) : IClassFixture<ContinuationWorld>
{
    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var client in ChaosDialect.All)
        {
            foreach (var model in new[] { "go-chat-messages", "go-chat-mistral", "go-chat-vllm", "go-messages-messages", "go-messages-mistral" })
                pairs.Add(client.Name, model);
        }
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Cut_after_any_event_the_client_gets_one_whole_stream_and_both_attempts_are_charged(string dialect, string model)
    {
        var client = ChaosDialect.All.Single(d => d.Name == dialect);
        var continued = 0;
        for (var at = 0; ; at++)
        {
            var (answer, request, attempts) = await world.CallAsync(client, model, $"hello, cut after {at}.");
            if (attempts is [{ Settlement.Outcome: AttemptOutcome.Ok }])
            {
                Assert.True(continued > 8, $"at {at}: {answer}");
                break;
            }
            if (NotContinued(Decided(request)[0]) is { } reason)
            {
                // The text was all there, and the client knows it: nothing is left to go on with.
                Assert.True(reason is "its text was closed" or "nothing is missing but its end marker" && continued > 8, $"at {at}: {reason} {answer}");
                Assert.True(client.EndingOf(answer, stream: true) == ChaosEnding.ErrorEvent && Whole == StreamReading.TextOf(client, answer), $"at {at}: {answer}");
                continue;
            }

            var what = $"{model} for {dialect}, cut at {at}: {answer}\n{Decided(request)[0]}";
            Assert.True(client.EndingOf(answer, stream: true) == ChaosEnding.Whole && request.Outcome == "ok", what);
            Assert.True(Whole == StreamReading.TextOf(client, answer), what);
            Assert.True((1, 1) == (StreamReading.StartsOf(client, answer), StreamReading.EndsOf(client, answer)) && StreamReading.IsOfOnePiece(client, answer), what);

            Assert.Equal(2, attempts.Count);
            Assert.Equal([AttemptOutcome.Cut, AttemptOutcome.Ok], attempts.Select(a => a.Settlement!.Outcome));
            CheckSecond(attempts[1]);
            Assert.Equal(attempts.Sum(a => a.Settlement!.Usage.InputTotal), request.Usage.InputTotal);
            Assert.Equal(attempts.Sum(a => a.Settlement!.Usage.OutputTotal), request.Usage.OutputTotal);
            Assert.Equal(attempts.Sum(a => a.Settlement!.Cost.Picos), request.Cost.Picos);

            var told = StreamReading.UsageOf(client, answer);
            var second = Decided(request)[1];
            if (!second.TryGetProperty("continues", out var continues))
            {
                // Cut before its first content: a swap that nobody saw, of which the client is told the second half alone.
                Assert.Equal((attempts[1].Settlement!.Usage.InputTotal, attempts[1].Settlement!.Usage.OutputTotal), told);
                continue;
            }
            continued++;
            Assert.Equal(1, continues.GetProperty("attempt").GetInt32());
            Assert.InRange(continues.GetProperty("characters").GetInt32(), 1, Whole.EnumerateRunes().Count());
            Assert.Equal((request.Usage.InputTotal, request.Usage.OutputTotal), told);
        }
        await Eventually.TrueAsync(() => world.Weir.Host.Metrics is { RequestsInFlight: 0, StreamsOpen: 0 }, "no call in flight");
    }

    [Theory]
    [InlineData("go-impatient-messages", "stall", "timed_out")]
    [InlineData("go-chat-messages", "error-at", "failed")]
    [InlineData("go-messages-mistral", "error-at", "failed")]
    public async Task A_stream_that_stalls_or_reports_an_error_goes_on_as_well(string model, string how, string outcome)
    {
        foreach (var client in ChaosDialect.All)
        {
            var (answer, request, _) = await world.CallAsync(client, model, $"hello, {how} after 7.");

            Assert.True(Whole == StreamReading.TextOf(client, answer) && client.EndingOf(answer, stream: true) == ChaosEnding.Whole, $"{client.Name}: {answer}");
            Assert.Equal([outcome, "ok"], Decided(request).Select(a => a.GetProperty("outcome").GetString()));
        }
    }

    [Theory]
    [InlineData("go-chat-messages")]
    [InlineData("go-chat-mistral")]
    [InlineData("go-chat-vllm")]
    public async Task Cut_after_white_space_the_client_gets_it_once(string model)
    {
        foreach (var client in ChaosDialect.All)
        {
            var (answer, request, _) = await world.CallAsync(client, model, InWhiteSpace);

            Assert.True(Whole == StreamReading.TextOf(client, answer) && client.EndingOf(answer, stream: true) == ChaosEnding.Whole, $"{client.Name}: {answer}");
            Assert.Equal(2, Decided(request)[1].GetProperty("continues").GetProperty("whiteSpaceHeldBack").GetInt32());
        }
    }

    [Fact]
    public async Task A_continuation_that_is_cut_goes_on_at_the_next_target()
    {
        foreach (var client in ChaosDialect.All)
        {
            var (answer, request, attempts) = await world.CallAsync(client, "go-three", "hello, cut after 5.");

            Assert.True(Whole == StreamReading.TextOf(client, answer) && client.EndingOf(answer, stream: true) == ChaosEnding.Whole, $"{client.Name}: {answer}");
            Assert.Equal([AttemptOutcome.Cut, AttemptOutcome.Cut, AttemptOutcome.Ok], attempts.Select(a => a.Settlement!.Outcome));
            Assert.Equal(2, Decided(request)[2].GetProperty("continues").GetProperty("attempt").GetInt32());
            Assert.Equal((request.Usage.InputTotal, request.Usage.OutputTotal), StreamReading.UsageOf(client, answer));
        }
    }

    [Fact]
    public async Task A_target_that_refuses_to_go_on_is_passed_over()
    {
        var (answer, request, attempts) = await world.CallAsync(ChaosDialect.All[0], "go-refused", "hello, cut after 5.");

        Assert.Equal(Whole, StreamReading.TextOf(ChaosDialect.All[0], answer));
        Assert.Equal([AttemptOutcome.Cut, AttemptOutcome.Rejected, AttemptOutcome.Ok], attempts.Select(a => a.Settlement!.Outcome));
        Assert.Equal("ok", request.Outcome);
    }

    [Fact]
    public async Task The_target_gets_the_request_with_the_text_as_its_last_turn_and_what_is_left_of_the_cap()
    {
        var (_, _, attempts) = await world.CallAsync(ChaosDialect.All[0], "go-chat-messages", "hello, cut after 6.", ",\"max_completion_tokens\":500");

        var sent = JsonDocument.Parse(world.Weir.Simulator.State.Calls().Last(c => c.Model == "second").Request!.Body).RootElement;
        var messages = sent.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["user", "assistant"], messages.Select(m => m.GetProperty("role").GetString()));
        var begun = messages[1].GetProperty("content")[0].GetProperty("text").GetString()!;
        Assert.StartsWith(begun, Whole, StringComparison.Ordinal);
        Assert.Equal(begun.TrimEnd(), begun);
        Assert.Equal(500 - attempts[0].Settlement!.Usage.OutputTotal, sent.GetProperty("max_tokens").GetInt64());
    }

    [Fact]
    public async Task Explain_tells_of_it()
    {
        var (_, request, _) = await world.CallAsync(ChaosDialect.All[0], "go-chat-messages", "hello, cut after 6.");

        var root = JsonDocument.Parse(request.Decision).RootElement;
        Assert.Contains(root.GetProperty("candidates").EnumerateArray(), c => c.GetProperty("state").GetString() == "continued");
        Assert.Contains("to take prefill", Decided(request)[1].GetProperty("continues").GetProperty("because").GetString(), StringComparison.Ordinal);
        Assert.Equal("translate", Decided(request)[1].GetProperty("lane").GetString());
    }

    /// <summary>The second row is exactly what its upstream served.</summary>
    private void CheckSecond(LedgerEntry second)
    {
        var served = world.Weir.Simulator.State.Calls().Last(c => c.Model == "second");
        Assert.Equal(Completion.Complete, served.Completion);
        Assert.Equal(UsageSource.Reported, second.Settlement!.UsageSource);
        Assert.Equal((served.Usage.Input, served.Usage.Output), (second.Settlement.Usage.InputTotal, second.Settlement.Usage.OutputTotal));
    }
}
