using System.Text.Json;
using Weir.Simulator.Records;
using Xunit;
using static Weir.Tests.Simulator.SimulatorClient;

namespace Weir.Tests.Simulator;

public sealed class ChatTests
{
    private const string Path = "/v1/chat/completions";

    private static readonly object[] Tools =
    [
        new
        {
            type = "function",
            function = new
            {
                name = "get_weather",
                parameters = new
                {
                    type = "object",
                    properties = new { city = new { type = "string" }, days = new { type = "integer", minimum = 2 }, note = new { type = "string" } },
                    required = new[] { "city", "days" },
                },
            },
        },
    ];

    [Fact]
    public async Task A_plain_answer_has_the_asked_length_and_exact_usage()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Path, Chat("hello there [[sim tokens=20]]"));

        var text = answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
        Assert.Equal(20, Weir.Simulator.Answers.TokenRule.Count(text));
        var usage = answer.GetProperty("usage");
        Assert.Equal(20, usage.GetProperty("completion_tokens").GetInt32());
        var call = Assert.Single(sim.Server.State.Calls());
        Assert.Equal(Completion.Complete, call.Completion);
        Assert.Equal(usage.GetProperty("prompt_tokens").GetInt64(), call.Usage.InputUncached);
        Assert.Equal(20, call.Usage.OutputVisible);
        Assert.True(call.UsageReported);
    }

    [Fact]
    public async Task The_same_request_gets_the_same_text_and_another_seed_another_text()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync(new() { Seed = 2 });
        string? Text(JsonElement answer) => answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
        var first = Text(await one.JsonAsync(Path, Chat("hi")));
        Assert.Equal(first, Text(await one.JsonAsync(Path, Chat("hi"))));
        Assert.NotEqual(first, Text(await two.JsonAsync(Path, Chat("hi"))));
    }

    [Fact]
    public async Task A_stream_starts_with_the_role_and_ends_with_DONE_and_has_no_usage_unless_asked()
    {
        await using var sim = await StartAsync();
        var (events, clean) = await sim.StreamAsync(Path, Chat("[[sim tokens=5]]", stream: true));

        Assert.True(clean);
        Assert.Equal(8, events.Count);
        Assert.Contains("\"role\":\"assistant\"", events[0], StringComparison.Ordinal);
        Assert.Equal("[DONE]", events[^1]);
        Assert.DoesNotContain(events, item => item.Contains("\"usage\"", StringComparison.Ordinal));
        Assert.False(Assert.Single(sim.Server.State.Calls()).UsageReported);
    }

    [Fact]
    public async Task With_include_usage_every_chunk_has_a_null_and_the_last_one_the_usage_without_choices()
    {
        await using var sim = await StartAsync();
        var (events, _) = await sim.StreamAsync(
            Path, Chat("[[sim tokens=5 thinking=7]]", stream: true, new { stream_options = new { include_usage = true } }));

        var chunks = events[..^1].Select(item => JsonDocument.Parse(item).RootElement).ToList();
        Assert.All(chunks[..^1], chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));
        Assert.Equal(0, chunks[^1].GetProperty("choices").GetArrayLength());
        var usage = chunks[^1].GetProperty("usage");
        Assert.Equal(12, usage.GetProperty("completion_tokens").GetInt32());
        Assert.Equal(7, usage.GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt32());
        var call = Assert.Single(sim.Server.State.Calls());
        Assert.Equal((5, 7, true), (call.Usage.OutputVisible, call.Usage.Reasoning, call.UsageReported));
    }

    [Fact]
    public async Task A_mentioned_tool_is_called_with_valid_arguments_and_its_result_is_answered_with_text()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Path, Chat("please use get_weather for me", extra: new { tools = Tools }));
        var message = answer.GetProperty("choices")[0].GetProperty("message");
        var call = message.GetProperty("tool_calls")[0];
        Assert.Equal("tool_calls", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        var arguments = JsonDocument.Parse(call.GetProperty("function").GetProperty("arguments").GetString()!).RootElement;
        Assert.Equal(2, arguments.GetProperty("days").GetInt32());
        Assert.NotEmpty(arguments.GetProperty("city").GetString()!);
        Assert.False(arguments.TryGetProperty("note", out _));

        var next = await sim.JsonAsync(Path, new
        {
            model = "gpt-4o",
            tools = Tools,
            messages = new object[]
            {
                new { role = "user", content = "please use get_weather for me" },
                message,
                new { role = "tool", tool_call_id = call.GetProperty("id").GetString(), content = "sunny" },
            },
        });
        Assert.Equal("stop", next.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task A_tool_is_called_with_the_arguments_that_the_directive_gives()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Path, Chat("[[sim tool=get_weather arguments=\"{\\\"city\\\": \\\"Bern\\\"}\"]]", extra: new { tools = Tools }));
        var call = answer.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls")[0];
        Assert.Equal("{\"city\": \"Bern\"}", call.GetProperty("function").GetProperty("arguments").GetString());
    }

    [Fact]
    public async Task Arguments_in_an_array_are_rounds_of_calls_and_then_comes_the_text()
    {
        const string plan = """[[{"city":"Bern"},{"city":"Thun"}],{"city":"Chur"}]""";
        await using var sim = await StartAsync(new()
        {
            Script = Weir.Simulator.Scripts.SimulatorScript.Parse(JsonSerializer.Serialize(new
            {
                rules = new[] { new { match = new { contains = "go" }, @do = new { tool = "get_weather", arguments = plan, echo = "done" } } },
            })),
        });
        var messages = new List<object> { new { role = "user", content = "go" } };
        foreach (var cities in (string[][])[["Bern", "Thun"], ["Chur"]])
        {
            var message = await AskAsync();
            var calls = message.GetProperty("tool_calls").EnumerateArray().ToList();
            Assert.Equal(cities.Select(city => $$"""{"city":"{{city}}"}"""), calls.Select(call => call.GetProperty("function").GetProperty("arguments").GetString()));
            messages.Add(message);
            messages.AddRange(calls.Select(call => new { role = "tool", tool_call_id = call.GetProperty("id").GetString(), content = "sunny" }));
        }

        Assert.Equal("done", (await AskAsync()).GetProperty("content").GetString());
        Assert.Equal([0, 2, 3], sim.Server.State.Calls(0).Select(call => call.ToolResults));
        // New words begin with the first round.
        messages.Add(new { role = "assistant", content = "done" });
        messages.Add(new { role = "user", content = "go on" });
        Assert.Equal(2, (await AskAsync()).GetProperty("tool_calls").GetArrayLength());

        async Task<JsonElement> AskAsync() =>
            (await sim.JsonAsync(Path, new { model = "gpt-4o", messages, tools = Tools })).GetProperty("choices")[0].GetProperty("message");
    }

    [Fact]
    public async Task Parallel_tool_calls_stream_as_fragments_that_take_turns_by_index()
    {
        await using var sim = await StartAsync();
        var (events, _) = await sim.StreamAsync(Path, Chat(
            "[[sim tool=get_weather calls=2]]", stream: true, new { tools = Tools, stream_options = new { include_usage = true } }));

        var fragments = events[..^1].Select(item => JsonDocument.Parse(item).RootElement)
            .Where(chunk => chunk.GetProperty("choices").GetArrayLength() > 0)
            .Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta"))
            .Where(delta => delta.TryGetProperty("tool_calls", out _))
            .Select(delta => delta.GetProperty("tool_calls")[0])
            .ToList();
        var indexes = fragments.Select(fragment => fragment.GetProperty("index").GetInt32()).ToList();
        Assert.Equal([0, 1, 0, 1], indexes[..4]);
        foreach (var index in (int[])[0, 1])
        {
            var own = fragments.Where(fragment => fragment.GetProperty("index").GetInt32() == index).ToList();
            Assert.True(own[0].TryGetProperty("id", out _));
            Assert.All(own[1..], fragment => Assert.False(fragment.TryGetProperty("id", out _)));
            var json = string.Concat(own.Select(fragment => fragment.GetProperty("function").GetProperty("arguments").GetString()));
            Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(json).RootElement.ValueKind);
        }

        var usage = JsonDocument.Parse(events[^2]).RootElement.GetProperty("usage");
        Assert.Equal(fragments.Count, usage.GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Several_choices_come_interleaved_and_log_probabilities_match_the_tokens()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Path, Chat("[[sim tokens=4]]", extra: new { n = 3, logprobs = true, top_logprobs = 2 }));
        Assert.Equal(3, answer.GetProperty("choices").GetArrayLength());
        Assert.Equal(12, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        var content = answer.GetProperty("choices")[2].GetProperty("logprobs").GetProperty("content");
        Assert.Equal(4, content.GetArrayLength());
        Assert.Equal(2, content[0].GetProperty("top_logprobs").GetArrayLength());

        var (events, _) = await sim.StreamAsync(Path, Chat("[[sim tokens=4]]", stream: true, new { n = 2 }));
        Assert.Equal(2 + 8 + 2 + 1, events.Count);
    }

    [Fact]
    public async Task A_schema_gets_json_that_fits_it()
    {
        await using var sim = await StartAsync();
        var schema = new
        {
            type = "object",
            properties = new
            {
                name = new { type = "string" },
                kind = new { @enum = new[] { "river", "lake" } },
                tags = new { type = "array", minItems = 2, items = new { type = "string" } },
                deep = new { @ref = 1, type = "object", properties = new { ok = new { type = "boolean" } }, required = new[] { "ok" } },
            },
            required = new[] { "name", "kind", "tags", "deep" },
        };
        var answer = await sim.JsonAsync(Path, Chat("x", extra: new
        {
            response_format = new { type = "json_schema", json_schema = new { name = "thing", schema } },
        }));
        var json = JsonDocument.Parse(answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!).RootElement;
        Assert.Equal("river", json.GetProperty("kind").GetString());
        Assert.Equal(2, json.GetProperty("tags").GetArrayLength());
        Assert.True(json.GetProperty("deep").GetProperty("ok").GetBoolean());

        var free = await sim.JsonAsync(Path, Chat("x", extra: new { response_format = new { type = "json_object" } }));
        JsonDocument.Parse(free.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!);
    }

    [Fact]
    public async Task Max_tokens_ends_the_answer_with_length()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Path, Chat("[[sim tokens=50]]", extra: new { max_completion_tokens = 7 }));
        Assert.Equal("length", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(7, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task A_long_prompt_seen_before_is_read_from_cache()
    {
        await using var sim = await StartAsync();
        var text = string.Join(' ', Enumerable.Range(0, 1500)) + " [[sim tokens=1]]";
        var first = await sim.JsonAsync(Path, Chat(text));
        var second = await sim.JsonAsync(Path, Chat(text));
        Assert.Equal(0, first.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32());
        var cached = second.GetProperty("usage").GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32();
        Assert.Equal(1408, cached);
        Assert.Equal(cached, sim.Server.State.Usage.CacheRead);
    }

    [Theory]
    [InlineData("""{"messages":[]}""", null)]
    [InlineData("""{"model":"m"}""", "messages")]
    [InlineData("""{"model":"m","messages":[]}""", "messages")]
    [InlineData("""{"model":"m","messages":[{"role":"robot","content":"x"}]}""", "messages[0].role")]
    [InlineData("""{"model":"m","messages":[{"role":"user"}]}""", "messages.[0].content")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"},{"role":"tool","tool_call_id":"c","content":"x"}]}""", "messages.[1].role")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}]}""", "messages")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"temperature":3}""", "temperature")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"stream_options":{"include_usage":true}}""", "stream_options")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":0}""", "max_tokens")]
    [InlineData("""[1]""", null)]
    public async Task An_invalid_request_is_refused_in_the_native_shape(string body, string? param)
    {
        await using var sim = await StartAsync();
        var error = (await sim.JsonAsync(Path, JsonDocument.Parse(body).RootElement, 400)).GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(param, error.GetProperty("param").GetString());
        Assert.Equal(Completion.Rejected, Assert.Single(sim.Server.State.Calls()).Completion);
        Assert.True(sim.Server.State.Usage == default);
    }

    [Fact]
    public async Task The_real_headers_are_there_and_another_key_is_refused()
    {
        await using var sim = await StartAsync(new() { RequiredKey = "right" });
        using var refused = await sim.PostAsync(Path, Chat("x"));
        Assert.Equal(401, (int)refused.StatusCode);
        sim.Http.DefaultRequestHeaders.Remove("authorization");
        sim.Http.DefaultRequestHeaders.Add("authorization", "Bearer right");
        using var served = await sim.PostAsync(Path, Chat("x"));
        Assert.Equal(200, (int)served.StatusCode);
        Assert.Equal(sim.Server.State.Calls()[^1].RequestId, served.Headers.GetValues("x-request-id").Single());
        Assert.Equal("10000", served.Headers.GetValues("x-ratelimit-limit-requests").Single());
    }
}
