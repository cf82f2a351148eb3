using System.Buffers;
using System.Text;
using Weir.Core.Errors;
using Weir.Testing.Corpus;
using Xunit;

namespace Weir.Core.Tests.Dialects.OpenAiChat;

public class ChatErrorTests
{
    // Every shape of wire notes §11.
    [Theory]
    [InlineData("""{"error":{"message":"m","type":"t","param":null,"code":"c"}}""", "t", "c", "m")]
    [InlineData("""{"error":{"message":"m","type":"t"}}""", "t", null, "m")]
    [InlineData("""{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}""", "INVALID_ARGUMENT", "400", "m")]
    [InlineData("""[{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}]""", "INVALID_ARGUMENT", "400", "m")]
    [InlineData("""{"error":{"code":502,"message":"m","metadata":{}},"user_id":"u"}""", null, "502", "m")]
    [InlineData("""{"type":"error","error":{"type":"t","message":"m"},"request_id":null}""", "t", null, "m")]
    [InlineData("""{"message":"m"}""", null, null, "m")]
    [InlineData("""{"detail":"m"}""", null, null, "m")]
    [InlineData("""{"detail":[{"loc":["body"],"msg":"m"}]}""", null, null, """[{"loc":["body"],"msg":"m"}]""")]
    [InlineData("""{"object":"error","message":"m","type":"t","param":null,"code":"c","raw_status_code":400}""", "t", "c", "m")]
    [InlineData("""{"id":"i","message":"m"}""", null, null, "m")]
    [InlineData("""{"code":"c","error":"m"}""", null, "c", "m")]
    [InlineData("""{"error":"m"}""", null, null, "m")]
    [InlineData("""{"code":7,"message":"m","type":"t"}""", "t", "7", "m")]
    [InlineData("<html><h1>502</h1></html>", null, null, null)]
    [InlineData("upstream connect error", null, null, null)]
    [InlineData("", null, null, null)]
    [InlineData("""{"error":""", null, null, null)]
    [InlineData("""{"error":{"message":"\ud800"}}""", null, null, null)]
    [InlineData("7", null, null, null)]
    public void Error_bodies_of_every_shape_are_understood(string body, string? type, string? code, string? message)
    {
        var failure = ChatKit.Dialect.ReadError(429, ChatKit.Bytes(body));
        Assert.Equal((429, type, code, message), (failure.Status, failure.Type, failure.Code, failure.Message));
    }

    [Theory]
    [InlineData("""{"error":{"message":"m","details":[{"@type":"x"},{"retryDelay":"17s"}]}}""", 17_000)]
    [InlineData("""{"error":{"message":"m","retry_after":1.5}}""", 1_500)]
    [InlineData("""{"message":"m","retry_after":"2"}""", 2_000)]
    [InlineData("""{"error":{"message":"m","retry_after":-4}}""", null)]
    public void A_hint_when_to_retry_is_taken_from_the_body(string body, int? milliseconds) =>
        Assert.Equal(milliseconds, (int?)ChatKit.Dialect.ReadError(429, ChatKit.Bytes(body)).RetryAfter?.TotalMilliseconds);

    [Fact]
    public void Recorded_errors_give_their_message()
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        foreach (var exchange in CorpusReader.Read("openai.chat,azure.chat,mistral.chat,openai.embeddings").Where(e => e.Status >= 400))
        {
            var failure = ChatKit.Dialect.ReadError(exchange.Status, exchange.DecodedResponseBytes);
            Assert.False(string.IsNullOrEmpty(failure.Message), exchange.ToString());
        }
    }

    [Fact]
    public void Errors_have_the_four_keys_and_no_DONE_follows_in_a_stream()
    {
        var error = new GatewayError(ErrorKind.BudgetExceeded, Step.Admit, Party.Client, 429, "budget_exceeded", "Team \"a\" has no budget left.");
        const string expected = """{"error":{"message":"Team \"a\" has no budget left.","type":"insufficient_quota","param":null,"code":"budget_exceeded"}}""";
        var output = new ArrayBufferWriter<byte>();
        ChatKit.Dialect.WriteError(error, "req_1", output);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        output.ResetWrittenCount();
        ChatKit.Dialect.WriteStreamError(error, "req_1", output);
        Assert.Equal($"data: {expected}\n\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
