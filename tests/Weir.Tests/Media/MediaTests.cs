using System.Net;
using System.Text;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Simulator;
using Weir.Testing.Upstreams;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Media;

/// <summary>Images, audio and moderations through a whole gateway: bytes as they are, usage where it is told, prices where they are known.</summary>
public sealed class MediaTests
{
    private const string Configuration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: sim, kind: simulated, baseUrl: "{sim}", models: "*"}
        models:
          - {name: draw, targets: [{provider: sim, model: gpt-image-1.5}]}
          - {name: old-draw, targets: [{provider: sim, model: dall-e-3}]}
          - {name: dall-e-2, targets: [{provider: sim, model: dall-e-2-really}]}
          - {name: say, targets: [{provider: sim, model: gpt-4o-mini-tts}]}
          - {name: judge, targets: [{provider: sim, model: omni-moderation-latest}]}
          - {name: omni-moderation-latest, targets: [{provider: sim}]}
        prices:
          - {name: a, provider: sim, model: gpt-image-1.5, input: 5, inputImage: 8, outputImage: 32}
          - {name: b, provider: sim, model: gpt-4o-mini-tts, input: 0.6, outputAudio: 12}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_image_is_metered_by_its_tokens(bool stream)
    {
        await using var weir = await StartAsync();
        var answer = await weir.PostAsync("/v1/images/generations", Bytes($$"""{"prompt":"a cat","model":"draw"{{(stream ? ",\"stream\":true" : "")}}}"""));

        Assert.Equal(200, answer.Status);
        Assert.Equal(stream ? "text/event-stream; charset=utf-8" : "application/json", answer.Headers["content-type"]);
        Assert.Equal("{\"prompt\":\"a cat\",\"model\":\"gpt-image-1.5\"" + (stream ? ",\"stream\":true}" : "}"), SentBody(weir));
        var settled = Assert.Single((await weir.RecordOfAsync(answer)).Attempts).Settlement!;
        Assert.Equal((8, 4, 100), (settled.Usage.InputUncached, settled.Usage.InputImage, settled.Usage.OutputImage));
        Assert.Equal((UsageSource.Reported, 8 * 5 + 4 * 8 + 100 * 32), (settled.UsageSource, settled.Cost.Picos / 1_000_000));
    }

    [Fact]
    public async Task An_image_without_usage_or_price_is_unpriced_and_says_so()
    {
        await using var weir = await StartAsync();
        var answer = await weir.PostAsync("/v1/images/generations", Bytes("""{"prompt":"a cat","model":"old-draw"}"""));

        var (request, attempts) = await weir.RecordOfAsync(answer);
        var settled = Assert.Single(attempts).Settlement!;
        Assert.Equal((UsageSource.Counted, PriceState.Unpriced, PriceState.Unpriced), (settled.UsageSource, settled.PriceState, request.PriceState));
        Assert.DoesNotContain("x-weir-cost-microusd", answer.Headers.Keys);
    }

    [Fact]
    public async Task A_call_that_names_no_model_gets_the_apis_own()
    {
        await using var weir = await StartAsync();
        await weir.PostAsync("/v1/images/generations", Bytes("""{"prompt":"a cat"}"""));
        Assert.Equal("""{"model":"dall-e-2-really","prompt":"a cat"}""", SentBody(weir));

        weir.Simulator.State.Reset();
        await weir.PostAsync("/v1/moderations", Bytes("""{"input":"fine"}"""));
        Assert.Equal("""{"input":"fine"}""", SentBody(weir));
    }

    [Fact]
    public async Task A_sound_comes_down_as_it_is()
    {
        await using var weir = await StartAsync();
        var answer = await weir.PostAsync("/v1/audio/speech", Bytes("""{"model":"say","input":"one two three","voice":"alloy"}"""));

        Assert.Equal((200, "audio/mpeg", "72000"), (answer.Status, answer.Headers["content-type"], answer.Headers["content-length"]));
        var expected = new byte[72_000];
        new Random(3).NextBytes(expected);
        Assert.Equal(expected, answer.Body);
        Assert.Equal(PriceState.Unpriced, Assert.Single((await weir.RecordOfAsync(answer)).Attempts).Settlement!.PriceState);
    }

    [Fact]
    public async Task A_sound_in_events_is_metered()
    {
        await using var weir = await StartAsync();
        var answer = await weir.PostAsync("/v1/audio/speech", Bytes("""{"model":"say","input":"one two three","voice":"alloy","stream_format":"sse"}"""));

        Assert.Equal(2, answer.Events.Count);
        var settled = Assert.Single((await weir.RecordOfAsync(answer)).Attempts).Settlement!;
        Assert.Equal((3, 30, AttemptOutcome.Ok), (settled.Usage.InputUncached, settled.Usage.OutputAudio, settled.Outcome));
    }

    [Fact]
    public async Task A_moderation_costs_nothing()
    {
        await using var weir = await StartAsync();
        var answer = await weir.PostAsync("/v1/moderations", Bytes("""{"model":"judge","input":["violence"]}"""));

        Assert.True(answer.Json.GetProperty("results")[0].GetProperty("flagged").GetBoolean());
        var settled = Assert.Single((await weir.RecordOfAsync(answer)).Attempts).Settlement!;
        Assert.Equal((0, PriceState.Priced), (settled.Cost.Picos, settled.PriceState));
    }

    [Theory]
    [InlineData("content-length: 100", "short")]
    [InlineData("transfer-encoding: chunked", "5\r\nshort\r\n")]
    public async Task A_sound_that_breaks_off_breaks_off_here_too(string framing, string body)
    {
        await using var upstream = ScriptedUpstream.Start(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\n{framing}\r\n\r\n{body}"));
        await using var weir = await WeirFixture.StartAsync($$"""
            server: {drainTimeout: 0s}
            providers:
              - {name: cut, kind: simulated, baseUrl: "{{upstream.BaseUrl}}"}
            models:
              - {name: say, targets: [{provider: cut, model: tts-1}]}
            """);
        try
        {
            var answer = await weir.PostAsync("/v1/audio/speech", Bytes("""{"model":"say","input":"x","voice":"alloy"}"""));
            Assert.Equal((200, false), (answer.Status, answer.Clean));
        }
        catch (HttpRequestException)
        {
            // The break may overtake the little that came before it.
        }

        Assert.Equal(AttemptOutcome.Cut, Assert.Single((await weir.NewestRecordAsync()).Attempts).Settlement!.Outcome);
    }

    [Theory]
    [InlineData("GET", "/v1/images/generations", "POST")]
    [InlineData("PUT", "/v1/files", "POST, GET")]
    [InlineData("POST", "/v1/files/file-1/content", "GET")]
    public async Task A_method_that_is_not_served_is_told_which_are(string method, string path, string allowed)
    {
        await using var weir = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await weir.Http.SendAsync(request, Cancellation);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, allowed), (response.StatusCode, string.Join(", ", response.Content.Headers.Allow)));
    }

    private static string SentBody(WeirFixture weir) => Encoding.UTF8.GetString(weir.Simulator.State.Calls()[^1].Request!.Body.Span);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Task<WeirFixture> StartAsync() => WeirFixture.StartAsync(Configuration, new SimulatorOptions { CaptureRequests = true });
}
