using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.CohereEmbed;
using Weir.Core.Dialects.CohereRerank;
using Weir.Core.Dialects.JinaRerank;
using Weir.Core.Dialects.OllamaEmbed;
using Weir.Core.Dialects.OpenAiEmbeddings;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Dialects.OneShot;

/// <summary>Embeddings and reranking between the shapes.</summary>
public class OneShotTests
{
    private static readonly OpenAiEmbeddingsDialect OpenAi = new();
    private static readonly OllamaEmbedDialect Ollama = new();
    private static readonly CohereEmbedDialect Cohere = new();
    private static readonly CohereRerankDialect CohereRerank = new();
    private static readonly JinaRerankDialect Jina = new();
    private static readonly ResponseShape Shape = new(false, true, "shown", "resp_1", 0);

    [Fact]
    public void An_OpenAI_embeddings_client_reaches_Ollama()
    {
        var (sent, got, notes) = Cross(OpenAi, Ollama, """{"model":"m","input":["a","b"],"dimensions":8,"user":"u"}""", """{"model":"all","embeddings":[[0.10,2],[3,4]],"prompt_eval_count":5}""");
        Assert.Equal("""{"model":"up","input":["a","b"],"dimensions":8}""", sent);
        Assert.Equal("""{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.10,2]},{"object":"embedding","index":1,"embedding":[3,4]}],"model":"all","usage":{"prompt_tokens":5,"total_tokens":5}}""", got);
        Assert.Equal("user", Assert.Single(notes.All).Path);
    }

    [Fact]
    public void Base64_is_made_when_the_client_wants_it()
    {
        var (_, got, _) = Cross(OpenAi, Ollama, """{"model":"m","input":"a","encoding_format":"base64"}""", """{"embeddings":[[1,-2.5]]}""");
        var vector = Convert.FromBase64String((string)JsonNode.Parse(got)!["data"]![0]!["embedding"]!);
        Assert.Equal([1f, -2.5f], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(vector).ToArray());
        Assert.Equal("[1,-2.5]", EmbeddingVector.FromBase64(Convert.ToBase64String(vector))!.Value.ToNumbers().ToString());
        Assert.Null(EmbeddingVector.FromBase64("not base64!"));
    }

    [Fact]
    public void An_OpenAI_client_reaches_Cohere_which_is_told_what_vectors_are_for()
    {
        var (sent, got, notes) = Cross(OpenAi, Cohere, """{"model":"m","input":"a"}""", """{"id":"x","embeddings":{"float":[[1,2]]},"meta":{"billed_units":{"input_tokens":3}}}""");
        Assert.Equal("""{"model":"up","texts":["a"],"input_type":"search_document","embedding_types":["float"]}""", sent);
        Assert.Equal(3, (int)JsonNode.Parse(got)!["usage"]!["prompt_tokens"]!);
        Assert.Equal(ParameterFate.Adapted, Assert.Single(notes.All).Fate);
    }

    [Fact]
    public void Cohere_and_Ollama_clients_reach_OpenAI()
    {
        const string answer = """{"data":[{"index":1,"embedding":[3]},{"index":0,"embedding":[1]}],"model":"e","usage":{"prompt_tokens":4}}""";
        var (_, cohere, _) = Cross(Cohere, OpenAi, """{"model":"m","texts":["a","b"],"input_type":"search_query","embedding_types":["float"]}""", answer);
        Assert.Equal("[[1],[3]]", JsonNode.Parse(cohere)!["embeddings"]!["float"]!.ToJsonString());
        var (sent, ollama, _) = Cross(Ollama, OpenAi, """{"model":"m","input":"a","truncate":true}""", answer);
        Assert.Equal("""{"model":"up","input":["a"]}""", sent);
        Assert.Equal("""{"model":"e","embeddings":[[1],[3]],"prompt_eval_count":4}""", ollama);
        var (_, older, _) = Cross(Ollama, OpenAi, """{"model":"m","prompt":"a"}""", answer, new CallHead(Operation.Embeddings, Route: "/api/embeddings"));
        Assert.Equal("""{"embedding":[1]}""", older);
    }

    [Theory]
    [InlineData("""{"model":"m","input":[1,2]}""", "input")]
    [InlineData("""{"model":"m","input":[[1],[2]]}""", "input")]
    public void Token_ids_are_refused_where_nobody_knows_them(string body, string path)
    {
        var notes = new TranslationNotes();
        Ollama.WriteOneShot(OpenAi.ReadOneShot(DialectKit.Bytes(body), notes, default), DialectKit.Target, new ArrayBufferWriter<byte>(), notes);
        Assert.Contains(notes.All, n => n.Path == path && n.Fate == ParameterFate.Refused);
    }

    [Fact]
    public void Rerank_crosses_both_ways()
    {
        var (sent, got, _) = Cross(Jina, CohereRerank, """{"model":"m","query":"q","documents":["a",{"text":"b"}],"top_n":1,"return_documents":true}""",
            """{"id":"r","results":[{"index":1,"relevance_score":0.50}],"meta":{"billed_units":{"search_units":2}}}""");
        Assert.Equal("""{"model":"up","query":"q","documents":["a","b"],"top_n":1}""", sent);
        Assert.Contains("""{"index":1,"relevance_score":0.50,"document":{"text":"b"}}""", got, StringComparison.Ordinal);
        Assert.Equal(2, (int)JsonNode.Parse(got)!["meta"]!["billed_units"]!["search_units"]!);

        var (_, cohere, _) = Cross(CohereRerank, Jina, """{"model":"m","query":"q","documents":["a"]}""", """{"model":"j","results":[{"index":0,"relevance_score":1}],"usage":{"total_tokens":9}}""");
        Assert.Equal("[{\"index\":0,\"relevance_score\":1}]", JsonNode.Parse(cohere)!["results"]!.ToJsonString());
        Assert.Equal(9, (int)JsonNode.Parse(cohere)!["meta"]!["tokens"]!["input_tokens"]!);
    }

    [Fact]
    public void The_older_paths_go_up_as_they_came()
    {
        Assert.Equal("api/embeddings", Ollama.ReadFacts("""{"model":"m","prompt":"a"}"""u8, new CallHead(Operation.Embeddings, Route: "/api/embeddings")).Facts!.NativePath);
        Assert.Null(Ollama.ReadFacts("""{"model":"m","input":"a"}"""u8, new CallHead(Operation.Embeddings, Route: "/api/embed")).Facts!.NativePath);
    }

    [Theory]
    [InlineData("""{"model":"m","documents":[]}""", "query")]
    [InlineData("""{"model":"m","query":"q"}""", "documents")]
    [InlineData("""{"query":"q","documents":[]}""", "model")]
    public void A_rerank_request_without_what_it_needs_is_refused(string body, string missing)
    {
        foreach (IDialect dialect in (IDialect[])[Jina, CohereRerank])
            Assert.Equal(("missing_field", missing), (dialect.ReadFacts(DialectKit.Bytes(body), Operation.Rerank).Error!.Code, dialect.ReadFacts(DialectKit.Bytes(body), Operation.Rerank).Error!.Param));
    }

    [Theory]
    [InlineData("cohere.embed", "cohere-embed", 5)]
    [InlineData("cohere.rerank", "cohere-rerank", 5)]
    [InlineData("openai.rerank", "jina-rerank", 3)]
    [InlineData("ollama.embed", "ollama-embed", 1)]
    public void Recorded_calls_are_read(string api, string name, int least)
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        IOneShotDialect dialect = ((IOneShotDialect[])[Cohere, CohereRerank, Jina, Ollama]).Single(d => d.Name == name);
        var seen = 0;
        foreach (var exchange in CorpusReader.Read(api).Where(e => e.Status == 200))
        {
            var head = new CallHead(Operation.Rerank, Route: exchange.Path);
            if (exchange.RequestBytes is { Length: > 0 } body && !exchange.Notes.Contains("request-unknown"))
                Assert.True(dialect.ReadFacts(body, head).IsOk, exchange.ToString());
            var tap = dialect.CreateTap(new RequestFacts { Model = "m" }, DialectKit.Target);
            tap.OnBody(exchange.DecodedResponseBytes);
            Assert.True(tap.Facts.IsComplete, exchange.ToString());
            Assert.Equal(exchange.Tags.Contains("usage"), tap.Facts.Usage is { IsEmpty: false });
            seen++;
        }

        Assert.True(seen >= least, $"only {seen} answers seen");
    }

    private static (string Sent, string Got, TranslationNotes Notes) Cross(IOneShotDialect client, IOneShotDialect upstream, string body, string answer, CallHead head = default)
    {
        var notes = new TranslationNotes();
        Assert.True(client.ReadFacts(DialectKit.Bytes(body), head).IsOk);
        var question = client.ReadOneShot(DialectKit.Bytes(body), notes, head);
        var sent = new ArrayBufferWriter<byte>();
        upstream.WriteOneShot(question, DialectKit.Target, sent, notes);
        var tap = upstream.CreateTap(new RequestFacts { Model = "m" }, DialectKit.Target);
        tap.OnBody(DialectKit.Bytes(answer));
        Assert.True(tap.Facts.IsComplete);
        var read = upstream.ReadOneShotAnswer(DialectKit.Bytes(answer), question)!;
        var got = new ArrayBufferWriter<byte>();
        client.WriteOneShotAnswer(read with { Usage = tap.Facts.Usage }, question, Shape with { Route = head.Route }, got);
        return (Encoding.UTF8.GetString(sent.WrittenSpan), Encoding.UTF8.GetString(got.WrittenSpan), notes);
    }
}
