using System.Text.Json;
using Xunit;
using static Weir.Tests.Simulator.SimulatorClient;

namespace Weir.Tests.Simulator;

public sealed class ResponsesTests
{
    private const string Path = "/v1/responses";

    [Fact]
    public async Task An_answer_has_its_usage_and_the_record_agrees()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Path, Ask("hi [[sim tokens=6 thinking=5]]", new { include = new[] { "reasoning.encrypted_content" } }));
        Assert.Equal("completed", answer.GetProperty("status").GetString());
        Assert.Equal(["reasoning", "message"], answer.GetProperty("output").EnumerateArray().Select(i => i.GetProperty("type").GetString()));
        var usage = answer.GetProperty("usage");
        Assert.Equal((11, 5), (usage.GetProperty("output_tokens").GetInt32(), usage.GetProperty("output_tokens_details").GetProperty("reasoning_tokens").GetInt32()));
        var served = sim.Server.State.Usage;
        Assert.Equal((usage.GetProperty("input_tokens").GetInt64(), 6L, 5L), (served.Input, served.OutputVisible, served.Reasoning));
    }

    [Fact]
    public async Task Events_are_numbered_and_end_with_the_whole_response()
    {
        await using var sim = await StartAsync();
        var (events, clean) = await sim.StreamAsync(Path, Ask("hi [[sim tokens=4]]", new { stream = true }));
        Assert.True(clean);
        var parsed = events.Select(e => JsonDocument.Parse(e).RootElement).ToList();
        Assert.Equal(Enumerable.Range(0, parsed.Count), parsed.Select(e => e.GetProperty("sequence_number").GetInt32()));
        Assert.Equal("response.completed", parsed[^1].GetProperty("type").GetString());
        var text = string.Concat(parsed.Where(e => e.GetProperty("type").GetString() == "response.output_text.delta").Select(e => e.GetProperty("delta").GetString()));
        Assert.Equal(text, parsed[^1].GetProperty("response").GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Sealed_reasoning_is_taken_back_and_foreign_reasoning_refused()
    {
        await using var sim = await StartAsync();
        var first = await sim.JsonAsync(Path, Ask("hi [[sim thinking=5]]", new { include = new[] { "reasoning.encrypted_content" } }));
        var seal = first.GetProperty("output")[0].GetProperty("encrypted_content").GetString();
        object Turn(string? encrypted) => new
        {
            model = "gpt-5",
            input = new object[] { new { role = "user", content = "a" }, new { type = "reasoning", summary = Array.Empty<object>(), encrypted_content = encrypted }, new { role = "user", content = "b" } },
        };
        await sim.JsonAsync(Path, Turn(seal));
        var refusal = await sim.JsonAsync(Path, Turn("gAAAAABxxxx"), 400);
        Assert.Equal("invalid_encrypted_content", refusal.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("""{"model":"gpt-5"}""", "missing_required_parameter")]
    [InlineData("""{"model":"gpt-5","input":"x","stop":["y"]}""", "unknown_parameter")]
    [InlineData("""{"model":"gpt-5","input":"x","max_output_tokens":5}""", "integer_below_min_value")]
    [InlineData("""{"model":"gpt-5","input":"x","previous_response_id":"resp_1"}""", "previous_response_not_found")]
    [InlineData("""{"model":"gpt-5","input":[{"role":"user","content":[{"type":"output_text","text":"x"}]}]}""", "invalid_value")]
    [InlineData("""{"model":"gpt-5","input":[{"type":"function_call","call_id":"c","name":"f","arguments":"{}"}]}""", null)]
    [InlineData("""{"model":"gpt-5","input":[{"type":"function_call_output","call_id":"c","output":"x"}]}""", null)]
    public async Task What_the_service_refuses_is_refused(string body, string? code)
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Path, JsonDocument.Parse(body).RootElement, 400);
        Assert.Equal(code, answer.GetProperty("error").GetProperty("code").GetString());
    }

    private static object Ask(string text, object extra) => Merge(new { model = "gpt-5", input = text }, extra);
}
