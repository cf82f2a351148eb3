using System.Text.Json;
using Weir.Core.Metering;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

/// <summary>Every way to fail before the first content × stream or not × native and translated in both directions.</summary>
public sealed class FailoverTests(FaultyWorld world) : IClassFixture<FaultyWorld>
{
    private static readonly (string Path, string Upstream)[] Lanes =
        [(ChatPath, "chat"), (MessagesPath, "messages"), (ChatPath, "messages"), (MessagesPath, "chat")];

    public static TheoryData<string> Faults => [.. Fault.All.Select(f => f.Name)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Faults))]
    public Task A_failure_before_the_first_content_reaches_the_second_target_in_the_same_call(string name) => EachLaneAsync(async (path, upstream, stream) =>
    {
        var fault = Fault.All.Single(f => f.Name == name);

        var answer = await world.Weir.CallAsync(path, $"{name}-{upstream}", "hello", stream);

        Assert.True(answer is { Status: 200, Clean: true, HasError: false }, answer.ToString());
        Assert.Equal(stream, answer.HasEndMarker);
        Assert.Equal("2", answer.Headers["x-weir-attempts"]);
        var (request, attempts) = await world.Weir.RecordOfAsync(answer);
        Assert.Equal(("ok", 200, 2), (request.Outcome, request.Status, request.Attempts));
        Assert.Equal(stream ? fault.Streamed : fault.Whole, attempts[0].Settlement!.Outcome);
        Assert.NotNull(attempts[0].Settlement!.ErrorCode);
        Assert.Equal((AttemptOutcome.Ok, UsageSource.Reported), (attempts[1].Settlement!.Outcome, attempts[1].Settlement!.UsageSource));
        Assert.Equal(request.Usage, attempts[0].Settlement!.Usage.Plus(attempts[1].Settlement!.Usage));
    });

    [Theory]
    [MemberData(nameof(Faults))]
    public Task With_nobody_standing_by_the_client_gets_a_typed_error_in_its_own_dialect(string name) => EachLaneAsync(async (path, upstream, stream) =>
    {
        var fault = Fault.All.Single(f => f.Name == name);

        var answer = await world.Weir.CallAsync(path, $"only-{name}-{upstream}", "hello", stream);

        Assert.True(answer is { Clean: true, HasError: true }, answer.ToString());
        Assert.StartsWith("application/json", answer.Headers["content-type"], StringComparison.Ordinal);
        var native = (path == ChatPath) == (upstream == "chat");
        if (fault.Name.StartsWith("status-", StringComparison.Ordinal) && native)
            Assert.Equal(fault.Name["status-".Length..], $"{answer.Status}");
        else
            Assert.True(fault.Status == 0 ? answer.Status is >= 400 and <= 599 : answer.Status == fault.Status, answer.ToString());
        Assert.Equal(JsonValueKind.String, answer.Error.GetProperty("message").ValueKind);
        Assert.Equal(JsonValueKind.String, answer.Error.GetProperty("type").ValueKind);
        Assert.Equal(path == MessagesPath, answer.Json.TryGetProperty("type", out var type) && type.GetString() == "error");
        var (request, attempts) = await world.Weir.RecordOfAsync(answer);
        Assert.Equal(answer.Status, request.Status);
        Assert.Equal(stream ? fault.Streamed : fault.Whole, Assert.Single(attempts).Settlement!.Outcome);
    });

    [Fact]
    public async Task What_never_left_costs_nothing_and_what_left_without_an_answer_is_estimated()
    {
        var refused = await world.Weir.RecordOfAsync(await world.Weir.ChatAsync("only-refused-chat", "hello"));
        var blackhole = await world.Weir.RecordOfAsync(await world.Weir.ChatAsync("only-blackhole-chat", "hello"));
        var silent = await world.Weir.RecordOfAsync(await world.Weir.ChatAsync("only-silence-chat", "hello there, this is a prompt"));

        Assert.Equal((UsageSource.None, 0), (refused.Attempts[0].Settlement!.UsageSource, refused.Attempts[0].Settlement!.Usage.InputUncached));
        Assert.Equal(UsageSource.None, blackhole.Attempts[0].Settlement!.UsageSource);
        Assert.Equal(UsageSource.Estimated, silent.Attempts[0].Settlement!.UsageSource);
        Assert.InRange(silent.Attempts[0].Settlement!.Usage.InputUncached, 1, 100);
    }

    [Theory]
    [InlineData("blackhole", "upstream_timeout_connect")]
    [InlineData("silence", "upstream_timeout_first_token")]
    [InlineData("slow-headers", "upstream_timeout_first_token")]
    [InlineData("refused", "upstream_unreachable")]
    [InlineData("closes-without-answer", "upstream_cut")]
    [InlineData("endless-headers", "upstream_unreadable")]
    [InlineData("cut-before-content", "upstream_cut")]
    public async Task Each_failure_has_its_own_code(string name, string code)
    {
        var record = await world.Weir.RecordOfAsync(await world.Weir.ChatAsync($"only-{name}-chat", "hello", stream: true));

        Assert.Equal(code, record.Request.Outcome);
    }

    private async Task EachLaneAsync(Func<string, string, bool, Task> check)
    {
        await Task.WhenAll(Lanes.SelectMany(lane => new[] { false, true }.Select(async stream =>
        {
            try
            {
                await check(lane.Path, lane.Upstream, stream);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Assert.Fail($"{lane.Path} over {lane.Upstream}, stream {stream}: {e.Message}");
            }
        })));
        await Eventually.TrueAsync(() => world.Weir.Host.Metrics is { RequestsInFlight: 0, StreamsOpen: 0 }, "no call in flight");
    }
}
