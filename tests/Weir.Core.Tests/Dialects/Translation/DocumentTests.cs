using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Tests.Proof;

namespace Weir.Core.Tests.Dialects.Translation;

/// <summary>Documents on their way to upstreams that read text only.</summary>
public sealed class DocumentTests
{
    private const string Anthropic = """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[<block>]}]}""";
    private const string Bedrock = """{"messages":[{"role":"user","content":[<block>]}]}""";
    private const string Gemini = """{"contents":[{"role":"user","parts":[<block>]}]}""";

    [Theory]
    [InlineData("anthropic-messages", Anthropic, """{"type":"document","title":"t","source":{"type":"text","media_type":"text/plain","data":"Rīga"}}""", "t\n\nRīga")]
    [InlineData("anthropic-messages", Anthropic, """{"type":"search_result","source":"https://s","title":"t","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}""", "t\n\nhttps://s\na\nb")]
    [InlineData("bedrock-converse", Bedrock, """{"document":{"format":"txt","name":"t","source":{"text":"Rīga"}}}""", "t\n\nRīga")]
    [InlineData("bedrock-converse", Bedrock, """{"document":{"format":"md","name":"t","source":{"bytes":"UsSrZ2E="}}}""", "t\n\nRīga")]
    [InlineData("bedrock-converse", Bedrock, """{"searchResult":{"source":"https://s","title":"t","content":[{"text":"a"},{"text":"b"}]}}""", "t\n\nhttps://s\na\nb")]
    [InlineData("gemini-generate", Gemini, """{"inlineData":{"mimeType":"text/plain","data":"UsSrZ2E=","displayName":"t"}}""", "t\n\nRīga")]
    public void A_text_document_reaches_them_under_its_title(string client, string body, string block, string text)
    {
        foreach (var upstream in (string[])["ollama-chat", "cohere-chat", "openai-completions"])
        {
            var (sent, notes) = Ask(client, body.Replace("<block>", block, StringComparison.Ordinal), upstream);
            Assert.False(notes.HasRefusals, upstream);
            Assert.Contains(notes.All, n => n.Fate == ParameterFate.Adapted);
            var said = JsonNode.Parse(sent)!;
            Assert.Equal(text, (string?)said["prompt"] ?? Text(said["messages"]![0]!["content"]!));
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_by_them()
    {
        var block = """{"document":{"format":"pdf","name":"t","source":{"bytes":"JVBERi0="}}}""";
        Assert.All((string[])["ollama-chat", "cohere-chat", "openai-completions"],
            upstream => Assert.True(Ask("bedrock-converse", Bedrock.Replace("<block>", block, StringComparison.Ordinal), upstream).Notes.HasRefusals));
    }

    [Fact]
    public void A_title_stands_above_the_text_where_chat_has_no_place_for_it()
    {
        var block = """{"type":"document","title":"t","source":{"type":"text","media_type":"text/plain","data":"words"}}""";
        var (sent, _) = Ask("anthropic-messages", Anthropic.Replace("<block>", block, StringComparison.Ordinal), OpenAiChatDialect.DialectName);
        Assert.Equal("t\n\nwords", Text(JsonNode.Parse(sent)!["messages"]![0]!["content"]!));
    }

    private static string Text(JsonNode content) => content is JsonArray parts ? string.Concat(parts.Select(p => (string?)p!["text"])) : (string)content!;

    private static (string Body, TranslationNotes Notes) Ask(string client, string body, string upstream)
    {
        var (from, to) = (Of(client), Of(upstream));
        var notes = new TranslationNotes();
        var output = new ArrayBufferWriter<byte>();
        to.Dialect.WriteRequest(from.Dialect.ReadRequest(Encoding.UTF8.GetBytes(body), notes, from.Head(stream: false)), to.TargetFor(), output, notes);
        return (Encoding.UTF8.GetString(output.WrittenSpan), notes);
    }

    private static ProofDialect Of(string name) => ProofDialects.All.Single(d => d.Name == name);
}
