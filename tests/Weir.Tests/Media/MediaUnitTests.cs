using System.Text;
using Weir.Core.Catalog;
using Weir.Core.Metering;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Media;

/// <summary>Images, sound and speech that are sold by the piece, the second or the character: the ledger holds what the provider made.</summary>
public sealed class MediaUnitTests
{
    /// <summary>The simulator as if it were OpenAI: prices of the shipped book.</summary>
    private const string Configuration = """
        server: {drainTimeout: 0s}
        providers:
          - {name: openai, kind: openai, baseUrl: "{sim}", credential: {fromEnv: UPSTREAM}, allowPrivateNetwork: true, models: "*"}
          - {name: own, kind: simulated, baseUrl: "{sim}", models: "*"}
        models:
          - {name: dall-e-3, targets: [{provider: openai}]}
          - {name: dall-e-2, targets: [{provider: openai}]}
          - {name: whisper-1, targets: [{provider: openai}]}
          - {name: tts-1, targets: [{provider: openai}]}
          - {name: draw, targets: [{provider: own, model: dall-e-own}]}
        prices:
          - {name: own, provider: own, model: dall-e-own, perImage: 0.5, images: {"hd/1024x1024": 0.75}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"model":"dall-e-3","prompt":"x","size":"1024x1792","quality":"hd"}""", 1, "hd/1024x1792", 120_000)]
    [InlineData("""{"model":"dall-e-3","prompt":"x"}""", 1, "standard/1024x1024", 40_000)]
    [InlineData("""{"model":"dall-e-2","prompt":"x","n":10,"size":"256x256"}""", 10, "standard/256x256", 160_000)]
    [InlineData("""{"model":"draw","prompt":"x","n":3,"quality":"hd","size":"auto"}""", 3, "hd/1024x1024", 2_250_000)]
    [InlineData("""{"model":"draw","prompt":"x","n":2}""", 2, "standard/1024x1024", 1_000_000)]
    public async Task Images_cost_what_they_are(string body, int images, string kind, long microDollars)
    {
        await using var weir = await StartAsync();
        var answer = await weir.PostAsync("/v1/images/generations", Encoding.UTF8.GetBytes(body));
        Assert.Equal(images, answer.Json.GetProperty("data").GetArrayLength());
        var settled = await SettledAsync(weir, answer);
        Assert.Equal((images, kind, microDollars), (settled.Usage.Images, settled.Usage.ImageKind, settled.Cost.Picos / 1_000_000));
        Assert.Equal((UsageSource.Counted, kind.StartsWith("standard", StringComparison.Ordinal) && body.Contains("draw", StringComparison.Ordinal) ? PriceState.Estimated : PriceState.Priced), (settled.UsageSource, settled.PriceState));
        Assert.Equal(images, (await TotalAsync(weir)).Usage.Images);
    }

    [Fact]
    public async Task A_form_says_its_size_after_its_model()
    {
        await using var weir = await StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("dall-e-2"), "model" }, { new ByteArrayContent(new byte[300_000]), "image", "a.png" }, { new StringContent("512x512"), "size" }, { new StringContent("2"), "n" },
        };
        var settled = await SettledAsync(weir, await SendAsync(weir, "/v1/images/variations", form));
        Assert.Equal((2, "standard/512x512", 36_000), (settled.Usage.Images, settled.Usage.ImageKind, settled.Cost.Picos / 1_000_000));
    }

    [Theory]
    [InlineData("json", 4)]
    [InlineData("verbose_json", 8)]
    public async Task Sound_costs_its_seconds(string format, long seconds)
    {
        await using var weir = await StartAsync();
        using var form = new MultipartFormDataContent { { new StringContent("whisper-1"), "model" }, { new StringContent(format), "response_format" }, { new ByteArrayContent(new byte[100]), "file", "a.wav" } };
        var settled = await SettledAsync(weir, await SendAsync(weir, "/v1/audio/transcriptions", form));
        Assert.Equal((seconds, seconds * 100, UsageSource.Reported, PriceState.Priced), (settled.Usage.AudioSeconds, settled.Cost.Picos / 1_000_000, settled.UsageSource, settled.PriceState));
        Assert.Equal(seconds, (await TotalAsync(weir)).Usage.AudioSeconds);
    }

    [Fact]
    public async Task Speech_costs_its_characters()
    {
        await using var weir = await StartAsync();
        var answer = await weir.PostAsync("/v1/audio/speech", Encoding.UTF8.GetBytes("""{"model":"tts-1","input":"Gr\u00fc\u00dfe \ud83d\ude00","voice":"alloy"}"""));
        var settled = await SettledAsync(weir, answer);
        Assert.Equal((7, 7 * 15, UsageSource.Counted, PriceState.Priced), (settled.Usage.Characters, settled.Cost.Picos / 1_000_000, settled.UsageSource, settled.PriceState));
        Assert.Equal(7, (await TotalAsync(weir)).Usage.Characters);
    }

    private static Task<WeirFixture> StartAsync() => WeirFixture.StartAsync(Configuration, environment: name => name == "UPSTREAM" ? "sk-first-93jf82hd" : null);

    private static async Task<Answer> SendAsync(WeirFixture weir, string path, HttpContent content)
    {
        using var response = await weir.Http.PostAsync(path, content, Cancellation);
        return await Answer.ReadAsync(response, Cancellation);
    }

    private static async Task<LedgerSettlement> SettledAsync(WeirFixture weir, Answer answer)
    {
        Assert.Equal(200, answer.Status);
        return Assert.Single((await weir.RecordOfAsync(answer)).Attempts).Settlement!;
    }

    private static async Task<UsageRow> TotalAsync(WeirFixture weir) => Assert.Single(await weir.Ledger.SumAsync(new UsageQuery([], null, null), Cancellation));
}
