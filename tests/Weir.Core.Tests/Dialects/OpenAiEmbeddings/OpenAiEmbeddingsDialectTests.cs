using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Dialects.OpenAiEmbeddings;
using Weir.Testing.Corpus;
using Xunit;

namespace Weir.Core.Tests.Dialects.OpenAiEmbeddings;

public class OpenAiEmbeddingsDialectTests
{
    private static readonly OpenAiEmbeddingsDialect Dialect = new();
    private static readonly UpstreamTarget Target = new("up", UpstreamQuirks.None, 0);

    [Theory]
    [InlineData("\"abc\"", 1, 3)]
    [InlineData("""["abc","é"]""", 2, 5)]
    [InlineData("[1,2,3]", 1, 12)]
    [InlineData("[[1,2],[3]]", 2, 12)]
    public void Inputs_of_every_form_are_counted(string input, int count, long bytes)
    {
        var facts = Read($$"""{"model":"m","input":{{input}},"user":"u","encoding_format":"base64"}""").Facts!;
        Assert.Equal(("m", count, bytes, "u", false), (facts.Model, facts.MessageCount, facts.PromptTextBytes, facts.UserId, facts.Stream));
    }

    [Theory]
    [InlineData("""{"input":"a"}""", "missing_field", "model")]
    [InlineData("""{"model":"m"}""", "missing_field", "input")]
    [InlineData("""{"model":"m","input":[]}""", "missing_field", "input")]
    [InlineData("""{"model":"m","input":7}""", "wrong_type", "input")]
    [InlineData("""{"model":"m","input":[["a"]]}""", "wrong_type", "input[0][0]")]
    [InlineData("""{"model":"m","input":"a","Input":"b"}""", "duplicate_key", "Input")]
    public void What_is_wrong_is_named(string body, string code, string path)
    {
        var error = Read(body).Error!;
        Assert.Equal((code, path), (error.Code, error.Param));
    }

    [Fact]
    public void Only_the_models_name_is_edited()
    {
        const string body = """{"input":"a", "model" : "m","dimensions":256}""";
        var splices = new List<Splice>();
        Dialect.PlanSplices(Read(body).Facts!, Target, splices);
        var output = new ArrayBufferWriter<byte>();
        Splicer.Write(Encoding.UTF8.GetBytes(body), splices, output);
        Assert.Equal("""{"input":"a", "model" : "up","dimensions":256}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Translation_is_declared_impossible()
    {
        Assert.False(Dialect.CanTranslate);
        Assert.Throws<InvalidOperationException>(() => Dialect.ReadRequest(default, new TranslationNotes()));
    }

    [Theory]
    [InlineData("""{"data":[{"embedding":[0.1]}],"model":"x","usage":{"prompt_tokens":5,"total_tokens":5}}""", 5L, true)]
    [InlineData("""{"data":[],"model":"x","usage":{"total_tokens":6}}""", 6L, true)]
    [InlineData("""{"data":[],"usage":null}""", null, true)]
    [InlineData("""{"data":[{"embedding":[0.1""", null, false)]
    [InlineData("""{"error":{"message":"no"}}""", null, false)]
    public void The_tap_reads_usage(string body, long? tokens, bool complete)
    {
        var tap = Dialect.CreateTap(new RequestFacts { Model = "m" }, Target);
        tap.OnBody(Encoding.UTF8.GetBytes(body));
        Assert.Equal((tokens, complete), (tap.Facts.Usage?.InputTotal, tap.Facts.IsComplete));
    }

    [Fact]
    public void Recorded_embeddings_are_read()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        foreach (var exchange in CorpusReader.Read("openai.embeddings,azure.embeddings,mistral.embeddings").Where(e => e.Status == 200))
        {
            if (exchange.RequestBytes is { } body)
                Assert.True(Dialect.ReadFacts(body, Operation.Embeddings) is { IsOk: true, Facts.MessageCount: > 0 }, exchange.ToString());
            var tap = Dialect.CreateTap(new RequestFacts { Model = "m" }, Target);
            tap.OnBody(exchange.DecodedResponseBytes);
            Assert.True(tap.Facts.IsComplete, exchange.ToString());
            Assert.Equal(exchange.Tags.Contains("usage"), tap.Facts.Usage is not null);
        }
    }

    private static FactsResult Read(string body) => Dialect.ReadFacts(Encoding.UTF8.GetBytes(body), Operation.Embeddings);
}
