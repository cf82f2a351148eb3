using System.Buffers;
using System.Text;
using Weir.Core.Dialects;
using Weir.Core.Dialects.GeminiGenerate;
using Weir.Core.Dialects.JsonSplice;
using Xunit;

namespace Weir.Core.Tests.Dialects.GeminiGenerate;

public sealed class GeminiFactsTests
{
    [Fact]
    public void The_path_says_model_and_stream_and_the_query_says_the_framing()
    {
        const string body = """{"contents":[{"parts":[{"text":"hi"}]}]}""";
        Assert.Equal(("asked-model", true, StreamFraming.JsonArray), Of(GeminiKit.Facts(body, GeminiKit.Head(stream: true))));
        Assert.Equal(("asked-model", true, StreamFraming.ServerSentEvents), Of(GeminiKit.Facts(body, GeminiKit.Head(stream: true, "?x=1&alt=sse"))));
        Assert.False(GeminiKit.Facts(body, GeminiKit.Head()).Facts!.Stream);

        static (string, bool, StreamFraming) Of(FactsResult result) => (result.Facts!.Model, result.Facts.Stream, result.Facts.Framing);
    }

    [Theory]
    [InlineData("""{"contents":[{"parts":[{"text":"abcd"},{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}],"generationConfig":{"maxOutputTokens":7,"candidateCount":2},"tools":[{"googleSearch":{}}]}""")]
    [InlineData("""{"contents":{"parts":{"text":"abcd"}},"generation_config":{"max_output_tokens":7,"candidate_count":2},"tools":[{"google_search":{}}],"system_instruction":{"parts":[{"inline_data":{}}]}}""")]
    public void Both_spellings_are_read(string body)
    {
        var facts = GeminiKit.Facts(body).Facts!;
        Assert.Equal((7L, 2, 1, true, true), (facts.MaxOutputTokens, facts.Choices, facts.MessageCount, facts.HasTools, facts.HasMedia));
    }

    [Theory]
    [InlineData("""{"contents":[],"generationConfig":{}}""", "missing_field")]
    [InlineData("""{"generationConfig":{}}""", "missing_field")]
    [InlineData("""{"contents":[{"parts":[]}],"generationConfig":{},"generation_config":{}}""", "duplicate_key")]
    [InlineData("""{"contents":[{"parts":[]}],"generationConfig":{"maxOutputTokens":1,"max_output_tokens":9}}""", "duplicate_key")]
    [InlineData("""{"contents":[{"parts":[]}],"Contents":[]}""", "duplicate_key")]
    [InlineData("""{"contents":[3]}""", "wrong_type")]
    [InlineData("""[]""", "wrong_type")]
    [InlineData("""{"contents":[{}]} x""", "invalid_json")]
    public void What_is_not_a_request_is_refused(string body, string code) => Assert.Equal(code, GeminiKit.Facts(body).Error?.Code);

    [Fact]
    public void A_body_that_repeats_the_model_gets_the_targets()
    {
        const string body = """{"requests":[{"model":"models/asked-model","content":{"parts":[{"text":"a"}]}},{"model":"models/asked-model","content":{"parts":[{"text":"b"}]}}]}""";
        var facts = GeminiKit.Facts(body, GeminiKit.Head(operation: Operation.BatchEmbeddings)).Facts!;
        Assert.Equal(2, facts.MessageCount);
        Assert.Equal(body.Replace("asked-model", "gemini-3-flash", StringComparison.Ordinal), Spliced(body, facts));
    }

    [Fact]
    public void A_signature_of_another_vendor_does_not_go_to_Google()
    {
        string seal = ThoughtSeal.Seal("sig", "anthropic", isRedacted: false);
        string body = $$$"""{"contents":[{"role":"model","parts":[{"functionCall":{"name":"f"},"thoughtSignature":"{{{seal}}}"},{"text":"x","thought_signature":"own+/="}]}]}""";
        var facts = GeminiKit.Facts(body).Facts!;
        Assert.Equal(body.Replace(seal, ThoughtSeal.SkipValidation, StringComparison.Ordinal), Spliced(body, facts));
    }

    [Fact]
    public void A_sealed_signature_survives_an_SDK_that_decodes_bytes()
    {
        string seal = ThoughtSeal.Seal("va/lue+\u00FF\u00FE~~~", "anthropic", isRedacted: true);
        string again = seal.Replace('+', '-').Replace('/', '_').TrimEnd('=');
        Assert.Equal(("va/lue+\u00FF\u00FE~~~", "anthropic", true), ThoughtSeal.Open(again));
        Assert.Equal(("own", ThoughtSeal.Google, false), ThoughtSeal.Open(ThoughtSeal.Seal("own", ThoughtSeal.Google, false)));
    }

    [Theory]
    [InlineData(Operation.Chat, true, "models/gemini-3-flash:streamGenerateContent", "?alt=sse")]
    [InlineData(Operation.Chat, false, "models/gemini-3-flash:generateContent", "")]
    [InlineData(Operation.CountTokens, false, "models/gemini-3-flash:countTokens", "")]
    [InlineData(Operation.Embeddings, false, "models/gemini-3-flash:embedContent", "")]
    [InlineData(Operation.BatchEmbeddings, false, "models/gemini-3-flash:batchEmbedContents", "")]
    public void The_upstreams_path_names_model_and_method(Operation operation, bool stream, string path, string query)
    {
        Assert.Equal(path, GeminiKit.Dialect.UpstreamPath(operation, GeminiKit.Target(), stream));
        Assert.Equal(query, GeminiKit.Dialect.UpstreamQuery(operation, stream));
    }

    private static string Spliced(string body, RequestFacts facts)
    {
        var splices = new List<Splice>();
        GeminiKit.Dialect.PlanSplices(facts, GeminiKit.Target(), splices);
        var output = new ArrayBufferWriter<byte>();
        Splicer.Write(Encoding.UTF8.GetBytes(body), splices, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
