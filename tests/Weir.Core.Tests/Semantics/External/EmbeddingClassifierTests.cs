using System.Text.Json;
using Weir.Core.Semantics.External;
using Weir.Core.Semantics.Intents;

namespace Weir.Core.Tests.Semantics.External;

public sealed class EmbeddingClassifierTests
{
    private static readonly IntentClass[] Classes = [new("fruit", ["apple", "pear"]), new("car", ["truck"])];

    /// <summary>Apple, pear, truck; out of order, as servers may send them, and of different lengths.</summary>
    private const string Learnt =
        """{"object":"list","data":[{"index":2,"embedding":[0,5]},{"index":0,"embedding":[1,0.1]},{"index":1,"embedding":[20,-2]}],"model":"m","usage":{"prompt_tokens":3,"total_tokens":3}}""";

    [Theory]
    [InlineData("[3,0]", "fruit", 1)]
    [InlineData("[0.1,9]", "car", 0.9999f)]
    [InlineData("[1,1]", null, 0.7071f)]
    [InlineData("[-1,-1]", null, 0)]
    public async Task The_class_that_points_the_same_way(string vector, string? label, float cosine)
    {
        var verdict = await AskAsync($$"""{"data":[{"index":0,"embedding":{{vector}}}]}""");
        Assert.Equal(label, verdict!.Value.Label);
        Assert.Equal(cosine, verdict.Value.Confidence, 3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{"index":1,"embedding":[1,0]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1,0,0]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[0,0]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":["1","0"]}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":"AACAPw=="}]}""")]
    [InlineData("""{"data":[{"index":0,"embedding":[1e999,0]}]}""")]
    [InlineData("""{"data":[null]}""")]
    public async Task What_makes_no_sense_is_no_verdict(string reply) => Assert.Null(await AskAsync(reply));

    [Fact]
    public async Task Examples_go_in_batches_and_in_the_form_of_the_api()
    {
        IntentClass many = new("many", [.. Enumerable.Range(0, 40).Select(i => $"example {i}")]);
        static string Reply(int count) => JsonSerializer.Serialize(new { data = Enumerable.Range(0, count).Select(i => new { index = i, embedding = new[] { 1.0, 0.0 } }) });
        var transport = new ScriptedTransport(Reply(32), Reply(8));
        await EmbeddingClassifier.LearnAsync(transport, "text-embedding-3-small", [many], 0.5f, CancellationToken.None);
        Assert.Equal(2, transport.Requests.Count);
        var body = JsonDocument.Parse(transport.Requests[1]).RootElement;
        Assert.Equal("text-embedding-3-small", body.GetProperty("model").GetString());
        Assert.Equal("float", body.GetProperty("encoding_format").GetString());
        Assert.Equal("example 39", body.GetProperty("input")[7].GetString());
    }

    [Fact]
    public async Task Learning_from_nonsense_fails() =>
        await Assert.ThrowsAsync<InvalidDataException>(() => EmbeddingClassifier.LearnAsync(new ScriptedTransport("""{"data":[]}"""), "m", Classes, 0.5f, CancellationToken.None));

    private static async Task<ContentVerdict?> AskAsync(string reply)
    {
        var classifier = await EmbeddingClassifier.LearnAsync(new ScriptedTransport(Learnt, reply), "m", Classes, 0.9f, CancellationToken.None);
        return await classifier.ClassifyAsync("x"u8.ToArray(), CancellationToken.None);
    }
}
