using System.Text;

namespace Weir.Benchmarks;

/// <summary>Requests and streams of our own making, shaped like real traffic.</summary>
internal static class Samples
{
    /// <summary>A chat or messages request with one user message of <paramref name="promptBytes"/> bytes.</summary>
    public static byte[] Request(int promptBytes, bool stream = true)
    {
        const string tools = """[{"type":"function","function":{"name":"lookup","parameters":{"type":"object","properties":{"q":{"type":"string"}}}}}]""";
        var messages = $$"""[{"role":"system","content":"You are terse."},{"role":"user","content":"{{Text(promptBytes)}}"}]""";
        return Encoding.UTF8.GetBytes($$"""{"model":"gpt-4o-mini","max_tokens":256,"temperature":0.7,"stream":{{(stream ? "true" : "false")}},"messages":{{messages}},"tools":{{tools}}}""");
    }

    /// <summary>A chat stream: role, <paramref name="chunks"/> deltas of a few characters, finish, usage, end marker.</summary>
    public static byte[] ChatStream(int chunks)
    {
        var text = new StringBuilder(Chunk("""{"role":"assistant","content":""}"""));
        for (var i = 0; i < chunks; i++)
            text.Append(Chunk($$"""{"content":" word{{i}}"}"""));
        return Encoding.UTF8.GetBytes(text.Append(Chunk("{}", "\"stop\"")).Append("""
            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":100,"completion_tokens":50,"total_tokens":150}}

            data: [DONE]


            """.ReplaceLineEndings("\n")).ToString());
    }

    /// <summary>The same answer in Anthropic's events.</summary>
    public static byte[] MessagesStream(int chunks)
    {
        var text = new StringBuilder(Event("message_start", """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":100,"output_tokens":1}}}"""))
            .Append(Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"""));
        for (var i = 0; i < chunks; i++)
            text.Append(Event("content_block_delta", $$$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":" word{{{{i}}}}"}}"""));
        return Encoding.UTF8.GetBytes(text
            .Append(Event("content_block_stop", """{"type":"content_block_stop","index":0}"""))
            .Append(Event("message_delta", """{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":50}}"""))
            .Append(Event("message_stop", """{"type":"message_stop"}""")).ToString());
    }

    private static string Chunk(string delta, string finish = "null") =>
        $$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{finish}}}]}""" + "\n\n";

    private static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    private static string Text(int bytes) => string.Concat(Enumerable.Repeat("The quick brown fox jumps over the lazy dog. ", bytes / 45 + 1))[..bytes];
}
