using System.Text;
using System.Text.Json;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Clients;

/// <summary>The Anthropic client of NuGet against a whole gateway: model <c>messages</c> on the native lane, <c>chat</c> translated.</summary>
public sealed class AnthropicSdkTests
{
    private static readonly InputSchema Schema = new()
    {
        Properties = new Dictionary<string, JsonElement>
        {
            ["city"] = JsonSerializer.SerializeToElement(new { type = "string" }),
            ["days"] = JsonSerializer.SerializeToElement(new { type = "integer" }),
        },
        Required = ["city", "days"],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("messages")]
    [InlineData("chat")]
    public async Task A_message_has_text_stop_reason_and_usage(string model)
    {
        await using var weir = await WeirFixture.StartAsync();
        using var client = Client(weir);

        var answer = await client.Messages.Create(Ask(model, "[[sim echo=\"Grüße, 世界\"]]") with { System = "Be brief." }, Cancellation);

        Assert.Equal("Grüße, 世界", TextOf(answer));
        Assert.Equal(StopReason.EndTurn, answer.StopReason!.Value());
        var served = weir.Simulator.State.Usage;
        Assert.Equal((served.Input, served.OutputVisible), (answer.Usage.InputTokens, answer.Usage.OutputTokens));
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("chat")]
    public async Task A_stream_has_text_and_its_end(string model)
    {
        await using var weir = await WeirFixture.StartAsync();
        using var client = Client(weir);
        var text = new StringBuilder();
        var stopped = false;

        await foreach (var next in client.Messages.CreateStreaming(Ask(model, "[[sim echo=\"Grüße, 世界\" chunk=3]]"), Cancellation))
        {
            if (next.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece))
                text.Append(piece.Text);
            stopped |= next.TryPickStop(out _);
        }

        Assert.Equal("Grüße, 世界", text.ToString());
        Assert.True(stopped);
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("chat")]
    public async Task A_loop_with_parallel_tools_comes_to_its_end(string model)
    {
        await using var weir = await WeirFixture.StartAsync();
        using var client = Client(weir);
        var ask = Ask(model, "[[sim tool=get_weather,get_time calls=2]] go") with
        {
            Tools = [new Tool { Name = "get_weather", InputSchema = Schema }, new Tool { Name = "get_time", InputSchema = Schema }],
        };

        var first = await client.Messages.Create(ask, Cancellation);

        Assert.Equal(StopReason.ToolUse, first.StopReason!.Value());
        var calls = first.Content.Select(block => block.TryPickToolUse(out var call) ? call : null).OfType<ToolUseBlock>().ToList();
        Assert.Equal(["get_weather", "get_time"], calls.Select(call => call.Name));
        Assert.All(calls, call => Assert.Equal(JsonValueKind.Number, call.Input["days"].ValueKind));

        var turn = new List<ContentBlockParam>(calls.Select(call => (ContentBlockParam)new ToolUseBlockParam { ID = call.ID, Name = call.Name, Input = call.Input }));
        var results = new List<ContentBlockParam>(calls.Select(call => (ContentBlockParam)new ToolResultBlockParam(call.ID) { Content = "4 degrees" }));
        var second = await client.Messages.Create(ask with { Messages = [.. ask.Messages, new AssistantMessageParam(turn), new UserMessageParam(results)] }, Cancellation);
        Assert.Equal(StopReason.EndTurn, second.StopReason!.Value());
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("chat")]
    public async Task Tokens_are_counted(string model)
    {
        await using var weir = await WeirFixture.StartAsync();
        using var client = Client(weir);

        var count = await client.Messages.CountTokens(new MessageCountTokensParams { Model = model, Messages = [new UserMessageParam("Count these words, please.")] }, Cancellation);

        Assert.InRange(count.InputTokens, 4, 40);
    }

    [Theory]
    [InlineData("messages", "[[sim status=429 retry-after=7]]", typeof(AnthropicRateLimitException))]
    [InlineData("chat", "[[sim status=429 retry-after=7]]", typeof(AnthropicRateLimitException))]
    [InlineData("messages", "[[sim status=529]]", typeof(Anthropic5xxException))]
    [InlineData("messages", "[[sim status=401]]", typeof(AnthropicUnauthorizedException))]
    [InlineData("chat", "[[sim status=401]]", typeof(Anthropic5xxException))]
    [InlineData("chat", "[[sim html=1]]", typeof(Anthropic5xxException))]
    [InlineData("messages", "[[sim bogus=1]]", typeof(AnthropicBadRequestException))]
    [InlineData("no-such-model", "hello", typeof(AnthropicNotFoundException))]
    public async Task A_failure_is_an_exception_of_its_kind(string model, string text, System.Type kind)
    {
        await using var weir = await WeirFixture.StartAsync();
        using var client = Client(weir);

        var failure = await Record.ExceptionAsync(() => client.Messages.Create(Ask(model, text), Cancellation));

        Assert.IsType(kind, failure, exactMatch: false);
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        await using var weir = await WeirFixture.StartAsync();
        using var client = new AnthropicClient { ApiKey = "wk-wrong-0123456789abcdefghijklm", BaseUrl = weir.Data.ToString(), MaxRetries = 0 };

        await Assert.ThrowsAsync<AnthropicUnauthorizedException>(() => client.Messages.Create(Ask("messages", "hello"), Cancellation));

        Assert.Equal(0, weir.Simulator.State.Started);
    }

    [Theory]
    [InlineData("messages", "cut=6")]
    [InlineData("messages", "end=6")]
    [InlineData("chat", "cut=6")]
    [InlineData("chat", "error-at=6")]
    public async Task A_broken_stream_raises(string model, string fault)
    {
        await using var weir = await WeirFixture.StartAsync();
        using var client = Client(weir);
        var stopped = false;

        var failure = await Record.ExceptionAsync(async () =>
        {
            await foreach (var next in client.Messages.CreateStreaming(Ask(model, $"[[sim tokens=40 {fault} pace=1ms]]"), Cancellation))
                stopped |= next.TryPickStop(out _);
        });

        Assert.False(stopped);
        Assert.IsType<AnthropicException>(failure, exactMatch: false);
    }

    private static AnthropicClient Client(WeirFixture weir) => new() { ApiKey = weir.Key.Secret, BaseUrl = weir.Data.ToString(), MaxRetries = 0 };

    private static MessageCreateParams Ask(string model, string text) => new() { Model = model, MaxTokens = 1000, Messages = [new UserMessageParam(text)] };

    private static string TextOf(Message message) => string.Concat(message.Content.Select(block => block.TryPickText(out var text) ? text.Text : ""));
}
