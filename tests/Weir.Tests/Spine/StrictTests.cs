using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Spine;

/// <summary><c>strict</c>: what a translation would leave out is not left out.</summary>
public sealed class StrictTests : IAsyncLifetime
{
    private const string Configuration = """
        providers:
          - {name: sim-chat, kind: simulated, baseUrl: "{sim}", dialects: {openai-chat: }}
          - {name: sim-messages, kind: simulated, baseUrl: "{sim}", dialects: {anthropic-messages: }}
        models:
          - {name: lenient, targets: [{provider: sim-messages, model: claude-sonnet-5}]}
          - {name: strict, strict: true, targets: [{provider: sim-messages, model: claude-sonnet-5}]}
          - {name: strict-two, strict: true, targets: [{provider: sim-messages, model: claude-sonnet-5}, {provider: sim-chat, model: gpt-4o}]}
        routes:
          - {name: by-route, match: {models: [by-route]}, model: lenient, strict: true}
        """;

    private const string Seed = ",\"seed\":7";
    private WeirFixture _weir = null!;

    public async ValueTask InitializeAsync() => _weir = await WeirFixture.StartAsync(Configuration);

    public ValueTask DisposeAsync() => _weir.DisposeAsync();

    [Fact]
    public async Task Without_it_the_parameter_is_left_out_and_the_answer_says_so()
    {
        var answer = await _weir.ChatAsync("lenient", "hi", extra: Seed);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal("seed", answer.Headers["x-weir-dropped"]);
    }

    [Theory]
    [InlineData("strict")]
    [InlineData("by-route")]
    public async Task With_it_the_call_is_refused_by_name(string model)
    {
        var answer = await _weir.ChatAsync(model, "hi", extra: Seed);
        Assert.Equal(400, answer.Status);
        Assert.Equal("parameter_not_supported", answer.Error.GetProperty("code").GetString());
        Assert.Equal("seed", answer.Error.GetProperty("param").GetString());
        Assert.Equal(200, (await _weir.ChatAsync(model, "hi")).Status);
    }

    [Fact]
    public async Task A_target_that_needs_no_translation_takes_the_call()
    {
        var answer = await _weir.ChatAsync("strict-two", "hi", extra: Seed);
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal("sim-chat/gpt-4o", answer.Headers["x-weir-target"]);
    }
}
