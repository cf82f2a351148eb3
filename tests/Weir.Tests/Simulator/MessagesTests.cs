using System.Text.Json;
using Weir.Simulator.Records;
using Xunit;
using static Weir.Tests.Simulator.SimulatorClient;

namespace Weir.Tests.Simulator;

public sealed class MessagesTests
{
    private const string Path = "/v1/messages";

    private static readonly object[] Tools =
    [
        new { name = "get_weather", input_schema = new { type = "object", properties = new { city = new { type = "string" } }, required = new[] { "city" } } },
    ];

    private static readonly object Thinking = new { type = "enabled", budget_tokens = 1024 };

    [Fact]
    public async Task A_plain_answer_ends_the_turn_with_exact_usage()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Path, Messages("hello [[sim tokens=9]]"));
        Assert.Equal("end_turn", answer.GetProperty("stop_reason").GetString());
        Assert.Equal(9, answer.GetProperty("usage").GetProperty("output_tokens").GetInt32());
        Assert.Equal(9, Assert.Single(sim.Server.State.Calls()).Usage.OutputVisible);
    }

    [Fact]
    public async Task A_stream_has_the_real_order_of_events_and_cumulative_usage()
    {
        await using var sim = await StartAsync();
        var (events, clean) = await sim.StreamAsync(Path, Messages("[[sim tokens=3 thinking=4]]", stream: true, new { thinking = Thinking }));
        Assert.True(clean);
        var json = events.Select(item => JsonDocument.Parse(item).RootElement).ToList();
        Assert.Equal(
            [
                "message_start", "content_block_start", "ping", "content_block_delta", "content_block_delta", "content_block_delta",
                "content_block_delta", "content_block_delta", "content_block_stop", "content_block_start", "content_block_delta",
                "content_block_delta", "content_block_delta", "content_block_stop", "message_delta", "message_stop",
            ],
            json.Select(item => item.GetProperty("type").GetString()));
        Assert.Equal("signature_delta", json[7].GetProperty("delta").GetProperty("type").GetString());
        var usage = json[^2].GetProperty("usage");
        Assert.Equal(7, usage.GetProperty("output_tokens").GetInt32());
        Assert.Equal(4, usage.GetProperty("output_tokens_details").GetProperty("thinking_tokens").GetInt32());
        var call = Assert.Single(sim.Server.State.Calls());
        Assert.Equal((3, 4, true), (call.Usage.OutputVisible, call.Usage.Reasoning, call.UsageReported));
    }

    [Fact]
    public async Task A_tool_loop_with_thinking_needs_the_signature_untouched()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Path, Messages("call get_weather please", extra: new { tools = Tools, thinking = Thinking }));
        var content = answer.GetProperty("content");
        Assert.Equal("tool_use", answer.GetProperty("stop_reason").GetString());
        Assert.Equal(["thinking", "tool_use"], content.EnumerateArray().Select(block => block.GetProperty("type").GetString()));
        Assert.NotEmpty(content[1].GetProperty("input").GetProperty("city").GetString()!);

        object Next(object assistant) => new
        {
            model = "claude-sonnet-4-5",
            max_tokens = 4096,
            tools = Tools,
            thinking = Thinking,
            messages = new object[]
            {
                new { role = "user", content = "call get_weather please" },
                new { role = "assistant", content = assistant },
                new { role = "user", content = new[] { new { type = "tool_result", tool_use_id = content[1].GetProperty("id").GetString(), content = "sun" } } },
            },
        };
        var done = await sim.JsonAsync(Path, Next(content));
        Assert.Equal("end_turn", done.GetProperty("stop_reason").GetString());

        var altered = content.GetRawText().Replace("\"thinking\":\"", "\"thinking\":\"x", StringComparison.Ordinal);
        var refused = await sim.JsonAsync(Path, Next(JsonDocument.Parse(altered).RootElement), 400);
        Assert.Contains("Invalid `signature`", refused.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        await sim.JsonAsync(Path, Next(new[] { content[1] }), 400);
    }

    [Fact]
    public async Task Tool_arguments_stream_as_fragments_of_json()
    {
        await using var sim = await StartAsync();
        var (events, _) = await sim.StreamAsync(Path, Messages("[[sim tool calls=2]]", stream: true, new { tools = Tools }));
        var json = events.Select(item => JsonDocument.Parse(item).RootElement).ToList();
        var fragments = json.Where(item => item.GetProperty("type").GetString() == "content_block_delta").ToLookup(
            item => item.GetProperty("index").GetInt32(), item => item.GetProperty("delta").GetProperty("partial_json").GetString());
        Assert.Equal(2, fragments.Count);
        Assert.All(fragments, block => Assert.NotEmpty(JsonDocument.Parse(string.Concat(block)).RootElement.GetProperty("city").GetString()!));
        Assert.Equal("tool_use", json[^2].GetProperty("delta").GetProperty("stop_reason").GetString());
    }

    [Fact]
    public async Task A_cache_breakpoint_is_written_first_and_read_by_the_next_turn()
    {
        await using var sim = await StartAsync();
        object Body(params string[] turns) => new
        {
            model = "claude-sonnet-4-5",
            max_tokens = 100,
            system = new[] { new { type = "text", text = "a system prompt of ten words or so", cache_control = new { type = "ephemeral", ttl = "1h" } } },
            messages = turns.Select((text, index) => index == turns.Length - 1
                ? (object)new { role = "user", content = new[] { new { type = "text", text, cache_control = new { type = "ephemeral" } } } }
                : new { role = index % 2 == 0 ? "user" : "assistant", content = text }).ToArray(),
        };
        var first = (await sim.JsonAsync(Path, Body("one"))).GetProperty("usage");
        var second = (await sim.JsonAsync(Path, Body("one", "answer", "two"))).GetProperty("usage");
        int Field(JsonElement usage, string name) => usage.GetProperty(name).GetInt32();
        var written = Field(first, "cache_creation_input_tokens");
        Assert.True(written > 0);
        Assert.Equal(0, Field(first, "cache_read_input_tokens"));
        Assert.Equal(written, Field(second, "cache_read_input_tokens"));
        Assert.True(Field(second, "cache_creation_input_tokens") > 0);
        Assert.True(first.GetProperty("cache_creation").GetProperty("ephemeral_1h_input_tokens").GetInt32() > 0);
        var served = sim.Server.State.Usage;
        Assert.Equal(written, served.CacheRead);
        Assert.Equal(Field(first, "input_tokens") + Field(second, "input_tokens"), served.InputUncached);
    }

    [Fact]
    public async Task Count_tokens_is_what_a_call_is_charged()
    {
        await using var sim = await StartAsync();
        var body = Messages("how many words are in here", extra: new { tools = Tools, system = "be brief" });
        var counted = (await sim.JsonAsync("/v1/messages/count_tokens", body)).GetProperty("input_tokens").GetInt32();
        var charged = (await sim.JsonAsync(Path, body)).GetProperty("usage").GetProperty("input_tokens").GetInt32();
        Assert.Equal(charged, counted);
    }

    [Theory]
    [InlineData("""{"max_tokens":5,"messages":[]}""", "model: Field required")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}]}""", "max_tokens: Field required")]
    [InlineData("""{"model":"m","max_tokens":5}""", "messages: Field required")]
    [InlineData("""{"model":"m","max_tokens":5,"messages":[]}""", "at least one message")]
    [InlineData("""{"model":"m","max_tokens":5,"messages":[{"role":"assistant","content":"x"}]}""", "first message")]
    [InlineData("""{"model":"m","max_tokens":5,"tools":[{"name":"t","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"x"}]}]}""", "unexpected `tool_use_id`")]
    [InlineData("""{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"t","input":{}}]},{"role":"user","content":"y"}]}""", "must provide `tools`")]
    [InlineData("""{"model":"m","max_tokens":5,"tools":[{"name":"t","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"t","input":{}}]},{"role":"user","content":"y"}]}""", "without `tool_result`")]
    [InlineData("""{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"thinking","thinking":"a","signature":"foreign"}]},{"role":"user","content":"y"}]}""", "Invalid `signature`")]
    [InlineData("""{"model":"m","max_tokens":5000,"thinking":{"type":"enabled","budget_tokens":10},"messages":[{"role":"user","content":"x"}]}""", "budget_tokens")]
    public async Task An_invalid_request_is_refused_in_the_native_shape(string body, string message)
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Path, JsonDocument.Parse(body).RootElement, 400);
        Assert.Equal("error", answer.GetProperty("type").GetString());
        Assert.Equal("invalid_request_error", answer.GetProperty("error").GetProperty("type").GetString());
        Assert.Contains(message, answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(Assert.Single(sim.Server.State.Calls()).RequestId, answer.GetProperty("request_id").GetString());
    }

    [Theory]
    [InlineData("system-reminder")]
    [InlineData("system")]
    public async Task A_plain_answer_ends_a_coding_agents_turn_whatever_its_reminders_mention(string tag)
    {
        await using var sim = await StartAsync();
        var tools = new[] { new { name = "Read", input_schema = new { type = "object" } }, new { name = "todo_write", input_schema = new { type = "object" } } };
        var answer = await sim.JsonAsync(Path, Messages(
            $"<{tag}>todo_write is there</{tag}>Read the file", extra: new { tools, thinking = new { type = "adaptive" } }));
        Assert.Equal("end_turn", answer.GetProperty("stop_reason").GetString());
        Assert.Equal(Completion.Complete, sim.Server.State.Calls()[0].Completion);
    }
}
