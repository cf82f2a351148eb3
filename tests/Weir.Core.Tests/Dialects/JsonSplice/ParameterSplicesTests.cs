using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;

namespace Weir.Core.Tests.Dialects.JsonSplice;

public sealed class ParameterSplicesTests
{
    private static readonly ParameterPlaces Chat = new(["max_tokens", "max_completion_tokens"], []);
    private static readonly ParameterPlaces Gemini = new(["maxOutputTokens", "max_output_tokens"], ["generationConfig", "generation_config"]);

    private static string Edit(string body, ParameterPlaces places, long? cap = 800, double? min = null, double? max = null, params (string, string)[] members)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var splices = new List<Splice>();
        new ParameterSplices(places, cap, min, max, members).Plan(bytes, splices);
        var pieces = new List<ReadOnlyMemory<byte>>();
        Splicer.AddSegments(bytes, splices, pieces);
        return string.Concat(pieces.Select(p => Encoding.UTF8.GetString(p.Span)));
    }

    [Theory]
    [InlineData("""{"model":"m"}""", """{"max_tokens":800,"model":"m"}""")]
    [InlineData("""{}""", """{"max_tokens":800}""")]
    [InlineData("""{ "max_tokens" : 801 , "x":[{"max_tokens":900}]}""", """{ "max_tokens" : 800 , "x":[{"max_tokens":900}]}""")]
    [InlineData("""{"max_tokens":800}""", """{"max_tokens":800}""")]
    [InlineData("""{"max_tokens":1e2}""", """{"max_tokens":1e2}""")]
    [InlineData("""{"max_tokens":null}""", """{"max_tokens":800}""")]
    [InlineData("""{"max_completion_tokens":-1,"model":"m"}""", """{"max_completion_tokens":800,"model":"m"}""")]
    [InlineData("""{"max_completion_tokens":9000,"max_tokens":9000}""", """{"max_completion_tokens":800,"max_tokens":800}""")]
    public void A_cap_is_put_where_there_is_none_or_a_larger_one(string body, string edited) => Assert.Equal(edited, Edit(body, Chat));

    [Theory]
    [InlineData("""{"contents":[]}""", """{"generationConfig":{"maxOutputTokens":800},"contents":[]}""")]
    [InlineData("""{"generationConfig":{},"a":1}""", """{"generationConfig":{"maxOutputTokens":800},"a":1}""")]
    [InlineData("""{"generationConfig":null}""", """{"generationConfig":{"maxOutputTokens":800}}""")]
    [InlineData("""{"generation_config":{"temperature":2,"max_output_tokens":5000}}""", """{"generation_config":{"temperature":1,"max_output_tokens":800}}""")]
    [InlineData("""{"generationConfig":{"topK":3},"maxOutputTokens":9}""", """{"generationConfig":{"maxOutputTokens":800,"topK":3},"maxOutputTokens":9}""")]
    public void Inside_its_object_where_the_dialect_has_one(string body, string edited) => Assert.Equal(edited, Edit(body, Gemini, max: 1));

    [Theory]
    [InlineData("1.7", "1.2")]
    [InlineData("0.1", "0.5")]
    [InlineData("0.7", "0.7")]
    [InlineData("null", "null")]
    public void A_temperature_beyond_the_bounds_is_moved_to_the_bound(string sent, string edited) =>
        Assert.Equal($"{{\"temperature\":{edited}}}", Edit($"{{\"temperature\":{sent}}}", Chat, cap: null, min: 0.5, max: 1.2));

    [Fact]
    public void A_temperature_that_was_not_sent_is_not_added() => Assert.Equal("""{"a":1}""", Edit("""{"a":1}""", Chat, cap: null, min: 0.5));

    [Fact]
    public void Members_are_set_whatever_stands_there()
    {
        (string, string)[] members = [("top_p", "0.9"), ("stop", """["a"]""")];
        Assert.Equal("""{"stop":["a"],"model":"m","top_p":0.9,"x":{"top_p":1}}""", Edit("""{"model":"m","top_p":{"odd":[1]},"x":{"top_p":1}}""", Chat, cap: null, members: members));
        Assert.Equal("""{"generationConfig":{"topK":1}}""", Edit("""{"generationConfig":{"maxOutputTokens":9000}}""", Gemini, members: ("generationConfig", """{"topK":1}""")));
        Assert.Equal("""{"generationConfig":{"topK":1}}""", Edit("{}", Gemini, members: ("generationConfig", """{"topK":1}""")));
    }

    [Fact]
    public void What_is_no_object_is_left_alone() => Assert.Equal("[1]", Edit("[1]", Chat));
}
