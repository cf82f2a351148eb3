using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using Weir.Core.Metering;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Clients;

/// <summary>The OpenAI client of NuGet against a whole gateway: model <c>chat</c> on the native lane, <c>messages</c> translated.</summary>
public sealed class OpenAiSdkTests
{
    private const string Schema = """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city","days"],"additionalProperties":false}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    public async Task A_completion_has_text_finish_reason_and_usage(string model)
    {
        await using var weir = await WeirFixture.StartAsync();

        ChatCompletion answer = await Chat(weir, model).CompleteChatAsync(
            [new SystemChatMessage("Be brief."), new UserChatMessage("[[sim echo=\"Grüße, 世界\"]]")], new ChatCompletionOptions { MaxOutputTokenCount = 100 }, Cancellation);

        Assert.Equal("Grüße, 世界", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        var served = weir.Simulator.State.Usage;
        Assert.Equal((served.Input, served.OutputVisible), (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount));
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    public async Task A_stream_has_text_finish_reason_and_usage(string model)
    {
        await using var weir = await WeirFixture.StartAsync();
        var text = new StringBuilder();
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;

        await foreach (var update in Chat(weir, model).CompleteChatStreamingAsync([new UserChatMessage("[[sim echo=\"Grüße, 世界\" chunk=3]]")], null, Cancellation))
        {
            text.Append(string.Concat(update.ContentUpdate.Select(part => part.Text)));
            finish ??= update.FinishReason;
            usage ??= update.Usage;
        }

        Assert.Equal("Grüße, 世界", text.ToString());
        Assert.Equal(ChatFinishReason.Stop, finish);
        Assert.NotNull(usage);
        Assert.Equal(weir.Simulator.State.Usage.OutputVisible, usage.OutputTokenCount);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    public async Task A_loop_with_parallel_tools_comes_to_its_end(string model)
    {
        await using var weir = await WeirFixture.StartAsync();
        var options = new ChatCompletionOptions
        {
            Tools = { ChatTool.CreateFunctionTool("get_weather", "Weather.", BinaryData.FromString(Schema)), ChatTool.CreateFunctionTool("get_time", "Time.", BinaryData.FromString(Schema)) },
        };
        List<ChatMessage> messages = [new UserChatMessage("[[sim tool=get_weather,get_time calls=2]] go")];

        ChatCompletion first = await Chat(weir, model).CompleteChatAsync(messages, options, Cancellation);

        Assert.Equal(ChatFinishReason.ToolCalls, first.FinishReason);
        Assert.Equal(["get_weather", "get_time"], first.ToolCalls.Select(call => call.FunctionName));
        messages.Add(new AssistantChatMessage(first));
        foreach (var call in first.ToolCalls)
        {
            using var arguments = JsonDocument.Parse(call.FunctionArguments);
            Assert.Equal(JsonValueKind.Number, arguments.RootElement.GetProperty("days").ValueKind);
            messages.Add(new ToolChatMessage(call.Id, "4 degrees"));
        }

        ChatCompletion second = await Chat(weir, model).CompleteChatAsync(messages, options, Cancellation);
        Assert.Equal(ChatFinishReason.Stop, second.FinishReason);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("messages")]
    public async Task Structured_output_fills_the_schema(string model)
    {
        await using var weir = await WeirFixture.StartAsync();
        var options = new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("trip", BinaryData.FromString(Schema), jsonSchemaIsStrict: true) };

        ChatCompletion answer = await Chat(weir, model).CompleteChatAsync([new UserChatMessage("Invent a trip.")], options, Cancellation);

        using var trip = JsonDocument.Parse(answer.Content[0].Text);
        Assert.Equal(JsonValueKind.String, trip.RootElement.GetProperty("city").ValueKind);
        Assert.Equal(JsonValueKind.Number, trip.RootElement.GetProperty("days").ValueKind);
    }

    [Fact]
    public async Task Embeddings_come_as_vectors()
    {
        await using var weir = await WeirFixture.StartAsync();
        var client = new EmbeddingClient("embed", new ApiKeyCredential(weir.Key.Secret), Options(weir));

        OpenAIEmbeddingCollection vectors = await client.GenerateEmbeddingsAsync(["river", "weir"], new EmbeddingGenerationOptions { Dimensions = 64 }, Cancellation);

        Assert.Equal([64, 64], vectors.Select(vector => vector.ToFloats().Length));
        Assert.Equal(weir.Simulator.State.Usage.Input, vectors.Usage.InputTokenCount);
    }

    [Theory]
    [InlineData("chat", "[[sim status=429 retry-after=7]]", 429)]
    [InlineData("messages", "[[sim status=429 retry-after=7]]", 429)]
    [InlineData("chat", "[[sim status=500]]", 500)]
    [InlineData("chat", "[[sim status=401]]", 401)]
    [InlineData("messages", "[[sim status=401]]", 502)]
    [InlineData("chat", "[[sim html=1]]", 502)]
    [InlineData("chat", "[[sim bogus=1]]", 400)]
    [InlineData("no-such-model", "hello", 404)]
    public async Task A_failure_is_an_exception_with_its_status(string model, string text, int status)
    {
        await using var weir = await WeirFixture.StartAsync();

        var failure = await Assert.ThrowsAsync<ClientResultException>(() => Chat(weir, model).CompleteChatAsync([new UserChatMessage(text)], null, Cancellation));

        Assert.Equal(status, failure.Status);
        if (status == 429)
            Assert.True(failure.GetRawResponse()!.Headers.TryGetValue("retry-after", out var wait) && wait == "7");
        if (status == 502)
            Assert.DoesNotContain("invalid_api_key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_refused()
    {
        await using var weir = await WeirFixture.StartAsync();
        var client = new ChatClient("chat", new ApiKeyCredential("wk-wrong-0123456789abcdefghijklm"), Options(weir));

        var failure = await Assert.ThrowsAsync<ClientResultException>(() => client.CompleteChatAsync([new UserChatMessage("hello")], null, Cancellation));

        Assert.Equal(401, failure.Status);
        Assert.Equal(0, weir.Simulator.State.Started);
    }

    [Theory]
    [InlineData("chat", "cut=5")]
    [InlineData("chat", "end=5")]
    [InlineData("messages", "cut=6")]
    [InlineData("messages", "end=6")]
    public async Task A_broken_stream_never_ends_cleanly(string model, string fault)
    {
        await using var weir = await WeirFixture.StartAsync();
        var finished = false;

        var failure = await Record.ExceptionAsync(async () =>
        {
            await foreach (var update in Chat(weir, model).CompleteChatStreamingAsync([new UserChatMessage($"[[sim tokens=40 {fault} pace=1ms]]")], null, Cancellation))
                finished |= update.FinishReason is not null;
        });

        // This client does not know error events and reads past them: then the absence of a finish reason has to tell.
        Assert.False(finished);
        Assert.True(failure is null or ClientResultException or IOException or HttpRequestException or JsonException, failure?.ToString());
        var records = await Eventually.GetAsync(async () => await weir.Ledger.ListAsync(new RequestQuery(1), Cancellation), r => r.Count > 0, "the record");
        Assert.Equal("upstream_cut", records[0].Outcome);
    }

    private static ChatClient Chat(WeirFixture weir, string model) => new(model, new ApiKeyCredential(weir.Key.Secret), Options(weir));

    private static OpenAIClientOptions Options(WeirFixture weir) => new() { Endpoint = new Uri(weir.Data, "v1"), RetryPolicy = new ClientRetryPolicy(0) };
}
