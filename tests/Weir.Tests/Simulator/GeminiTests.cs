using System.Text.Json;
using Xunit;
using static Weir.Tests.Simulator.SimulatorClient;

namespace Weir.Tests.Simulator;

public sealed class GeminiTests
{
    private const string Whole = "/v1beta/models/gemini-2.5-flash:generateContent";
    private const string Streamed = "/v1beta/models/gemini-2.5-flash:streamGenerateContent";

    [Fact]
    public async Task Usage_counts_thoughts_apart_and_sums_to_the_total()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Whole, Gemini("hi [[sim tokens=6 thinking=5]]"));
        Assert.Equal("STOP", answer.GetProperty("candidates")[0].GetProperty("finishReason").GetString());
        var usage = answer.GetProperty("usageMetadata");
        int Field(string name) => usage.GetProperty(name).GetInt32();
        Assert.Equal((6, 5), (Field("candidatesTokenCount"), Field("thoughtsTokenCount")));
        Assert.Equal(Field("promptTokenCount") + 11, Field("totalTokenCount"));
        var served = sim.Server.State.Usage;
        Assert.Equal((Field("promptTokenCount"), 6, 5), ((int)served.Input, (int)served.OutputVisible, (int)served.Reasoning));
    }

    [Fact]
    public async Task Events_use_CRLF_and_carry_cumulative_usage_and_have_no_end_mark()
    {
        await using var sim = await StartAsync();
        using var response = await sim.PostAsync(Streamed + "?alt=sse", Gemini("hi [[sim tokens=4]]"));
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var events = text.Split("\r\n\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(5, events.Length);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
        var counts = events.Select(item => JsonDocument.Parse(item["data: ".Length..]).RootElement
            .GetProperty("usageMetadata").GetProperty("candidatesTokenCount").GetInt32());
        Assert.Equal([1, 2, 3, 4, 4], counts);
    }

    [Fact]
    public async Task Without_alt_sse_the_stream_is_a_json_array()
    {
        await using var sim = await StartAsync();
        var array = await sim.JsonAsync(Streamed, Gemini("hi [[sim tokens=4]]"));
        Assert.Equal(5, array.GetArrayLength());
    }

    [Fact]
    public async Task A_function_call_ends_with_STOP_and_its_response_must_follow()
    {
        await using var sim = await StartAsync();
        var tools = new[] { new { functionDeclarations = new[] { new { name = "get_weather", parameters = new { type = "OBJECT", properties = new { city = new { type = "STRING" } }, required = new[] { "city" } } } } } };
        var answer = await sim.JsonAsync(Whole, Gemini("get_weather now", new { tools }));
        var content = answer.GetProperty("candidates")[0].GetProperty("content");
        var call = content.GetProperty("parts")[0].GetProperty("functionCall");
        Assert.NotEmpty(call.GetProperty("args").GetProperty("city").GetString()!);
        Assert.Equal("STOP", answer.GetProperty("candidates")[0].GetProperty("finishReason").GetString());

        object Next(object last) => new { tools, contents = new[] { new { role = "user", parts = new object[] { new { text = "get_weather now" } } }, content, last } };
        var done = await sim.JsonAsync(Whole, Next(new { role = "user", parts = new[] { new { functionResponse = new { name = "get_weather", response = new { result = "sun" } } } } }));
        Assert.NotEmpty(done.GetProperty("candidates")[0].GetProperty("content").GetProperty("parts")[0].GetProperty("text").GetString()!);
        await sim.JsonAsync(Whole, Next(new { role = "user", parts = new[] { new { text = "never mind" } } }), 400);
    }

    [Fact]
    public async Task Unknown_names_and_missing_contents_are_refused_in_the_native_shape()
    {
        await using var sim = await StartAsync();
        var unknown = await sim.JsonAsync(Whole, Gemini("x", new { stream = true }), 400);
        Assert.Equal("INVALID_ARGUMENT", unknown.GetProperty("error").GetProperty("status").GetString());
        await sim.JsonAsync(Whole, new { }, 400);
    }

    [Fact]
    public async Task A_rate_limit_says_in_the_body_when_to_come_back()
    {
        await using var sim = await StartAsync();
        var error = (await sim.JsonAsync(Whole, Gemini("[[sim status=429 retry-after=37]]"), 429)).GetProperty("error");
        Assert.Equal("RESOURCE_EXHAUSTED", error.GetProperty("status").GetString());
        Assert.Equal("37s", error.GetProperty("details")[0].GetProperty("retryDelay").GetString());
    }
}
