using System.Runtime.InteropServices;
using System.Text.Json;
using Xunit;
using static Weir.Tests.Simulator.SimulatorClient;

namespace Weir.Tests.Simulator;

public sealed class EmbeddingsAndModelsTests
{
    private const string Path = "/v1/embeddings";

    [Fact]
    public async Task Float_and_base64_are_the_same_unit_vector()
    {
        await using var sim = await StartAsync();
        var floats = await sim.JsonAsync(Path, new { model = "text-embedding-3-small", input = "hello world", dimensions = 64 });
        var packed = await sim.JsonAsync(Path, new { model = "text-embedding-3-small", input = "hello world", dimensions = 64, encoding_format = "base64" });
        var vector = floats.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray();
        var bytes = packed.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        Assert.Equal(vector, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        Assert.Equal(1, vector.Sum(value => value * value), 4);
    }

    [Fact]
    public async Task Arrays_of_texts_and_of_tokens_are_counted()
    {
        await using var sim = await StartAsync();
        var texts = await sim.JsonAsync(Path, new { model = "m", input = new[] { "one two", "three" } });
        Assert.Equal(2, texts.GetProperty("data").GetArrayLength());
        Assert.Equal(1536, texts.GetProperty("data")[1].GetProperty("embedding").GetArrayLength());
        Assert.Equal(3, texts.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        var tokens = await sim.JsonAsync(Path, new { model = "m", input = new[] { 1, 2, 3, 4 } });
        Assert.Equal(4, tokens.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        var lists = await sim.JsonAsync(Path, new { model = "m", input = new[] { new[] { 1, 2 }, [3] } });
        Assert.Equal(2, lists.GetProperty("data").GetArrayLength());
        Assert.Equal(3 + 4 + 3, sim.Server.State.Usage.InputUncached);
    }

    [Fact]
    public async Task Texts_that_share_words_are_nearer_than_others()
    {
        await using var sim = await StartAsync();
        var answer = await sim.JsonAsync(Path, new { model = "m", input = new[] { "weather in Oslo today", "the weather today in Oslo", "compile the kernel module" } });
        var vectors = answer.GetProperty("data").EnumerateArray()
            .Select(item => item.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray()).ToList();
        float Dot(int left, int right) => vectors[left].Zip(vectors[right], (a, b) => a * b).Sum();
        Assert.True(Dot(0, 1) > 0.7);
        Assert.True(Dot(0, 2) < 0.3);
    }

    [Fact]
    public async Task Missing_and_empty_input_and_an_asked_error_are_answered_natively()
    {
        await using var sim = await StartAsync();
        await sim.JsonAsync(Path, new { model = "m" }, 400);
        await sim.JsonAsync(Path, new { model = "m", input = "" }, 400);
        await sim.JsonAsync(Path, new { model = "m", input = "[[sim status=503]]" }, 503);
    }

    [Fact]
    public async Task Models_are_listed_in_the_style_of_the_asking_client()
    {
        await using var sim = await StartAsync();
        async Task<JsonElement> Get(string path) =>
            JsonDocument.Parse(await sim.Http.GetStringAsync(path, TestContext.Current.CancellationToken)).RootElement;

        var openai = await Get("/v1/models");
        Assert.Equal("list", openai.GetProperty("object").GetString());
        Assert.Equal("gpt-4o", (await Get("/v1/models/gpt-4o")).GetProperty("id").GetString());
        Assert.Equal(2, (await Get("/v1beta/models")).GetProperty("models").GetArrayLength());
        using var missing = await sim.Http.GetAsync("/v1/models/none", TestContext.Current.CancellationToken);
        Assert.Equal(404, (int)missing.StatusCode);

        sim.Http.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        var page = await Get("/v1/models?limit=2");
        Assert.True(page.GetProperty("has_more").GetBoolean());
        var rest = await Get($"/v1/models?limit=2&after_id={page.GetProperty("last_id").GetString()}");
        Assert.False(rest.GetProperty("has_more").GetBoolean());
        Assert.Equal(1, rest.GetProperty("data").GetArrayLength());

        using var hello = await sim.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/api/hello"), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)hello.StatusCode);
    }
}
