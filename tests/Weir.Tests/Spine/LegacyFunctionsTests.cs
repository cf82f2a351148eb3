using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Simulator;
using Weir.Tests.Support;
using Xunit;
using static Weir.Tests.Support.WeirFixture;

namespace Weir.Tests.Spine;

/// <summary>Clients of <c>functions</c>, the form before <c>tools</c>, in front of an upstream of another dialect.</summary>
public sealed class LegacyFunctionsTests
{
    private const string Functions = ""","functions":[{"name":"weather","description":"d","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}]""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task They_are_answered_in_their_own_form_and_can_hand_the_result_back(bool stream)
    {
        await using var weir = await StartAsync(simulator: new SimulatorOptions { CaptureRequests = true });

        var answer = await weir.ChatAsync("messages", "[[sim tool=weather calls=2]] hello", stream, Functions);

        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain("tool_calls", answer.Text, StringComparison.Ordinal);
        var (name, arguments, finish) = stream ? Joined(answer) : Whole(answer.Json.GetProperty("choices")[0]);
        Assert.Equal(("weather", "function_call"), (name, finish));
        Assert.True(JsonDocument.Parse(arguments).RootElement.TryGetProperty("city", out _), arguments);
        var sent = JsonNode.Parse(weir.Simulator.State.Calls()[^1].Request!.Body.Span)!;
        Assert.True(sent["tool_choice"]!["disable_parallel_tool_use"]!.GetValue<bool>());

        var again = await weir.PostAsync(ChatPath, Encoding.UTF8.GetBytes($$"""
            {"model":"messages","stream":{{(stream ? "true" : "false")}},"messages":[
              {"role":"user","content":"hello"},
              {"role":"assistant","content":null,"function_call":{"name":"weather","arguments":"{{JsonText(arguments)}}"} },
              {"role":"function","name":"weather","content":"sunny"}]{{Functions}}
            }
            """));
        Assert.True(again is { Status: 200, HasError: false }, again.ToString());
    }

    private static (string? Name, string Arguments, string? Finish) Whole(JsonElement choice)
    {
        var call = choice.GetProperty("message").GetProperty("function_call");
        return (call.GetProperty("name").GetString(), call.GetProperty("arguments").GetString()!, choice.GetProperty("finish_reason").GetString());
    }

    private static (string? Name, string Arguments, string? Finish) Joined(Answer answer)
    {
        (string? name, string arguments, string? finish) = (null, "", null);
        foreach (var data in answer.Events.Where(e => e != "[DONE]"))
        {
            var choice = JsonDocument.Parse(data).RootElement.GetProperty("choices")[0];
            finish = choice.GetProperty("finish_reason").GetString() ?? finish;
            if (!choice.GetProperty("delta").TryGetProperty("function_call", out var call))
                continue;
            name ??= call.GetProperty("name").GetString();
            arguments += call.GetProperty("arguments").GetString();
        }
        return (name, arguments, finish);
    }
}
