using System.Text;
using Weir.Core.Semantics.External;

namespace Weir.Core.Tests.Semantics.External;

public sealed class LabelClassifierTests
{
    [Fact]
    public async Task Text_and_labels_go_and_a_label_comes()
    {
        var transport = new ScriptedTransport("""{"confidence": 0.75, "label": "code", "model": "x"}""");
        var verdict = await new LabelClassifier(transport, ["code", "chat"]).ClassifyAsync("say \"hi\""u8.ToArray(), CancellationToken.None);
        Assert.Equal(new ContentVerdict("code", 0.75f), verdict);
        Assert.Equal("""{"text":"say \u0022hi\u0022","labels":["code","chat"]}""", Assert.Single(transport.Requests));
    }

    [Fact]
    public async Task Null_is_none_of_them() =>
        Assert.Equal(new ContentVerdict(null, 0.5f), await AskAsync("""{"label": null, "confidence": 0.5}"""));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"label": "code"}""")]
    [InlineData("""{"label": "unheard of", "confidence": 1}""")]
    [InlineData("""{"label": 3, "confidence": 1}""")]
    [InlineData("""{"label": "code", "confidence": 1.5}""")]
    [InlineData("""{"label": "code", "confidence": "1"}""")]
    [InlineData("""{"label": "code", "confidence": 1""")]
    public async Task What_makes_no_sense_is_no_verdict(string reply) => Assert.Null(await AskAsync(reply));

    [Fact]
    public async Task Of_a_long_text_beginning_and_end_go()
    {
        var transport = new ScriptedTransport("{}");
        await new LabelClassifier(transport, ["a"]).ClassifyAsync(Encoding.UTF8.GetBytes("first " + new string('x', 100_000) + " last"), CancellationToken.None);
        Assert.InRange(transport.Requests[0].Length, 2000, 2200);
        Assert.Contains("first", transport.Requests[0], StringComparison.Ordinal);
        Assert.Contains("last", transport.Requests[0], StringComparison.Ordinal);
    }

    private static async Task<ContentVerdict?> AskAsync(string reply) =>
        await new LabelClassifier(new ScriptedTransport(reply), ["code", "chat"]).ClassifyAsync("x"u8.ToArray(), CancellationToken.None);
}
