using System.Text;

namespace Weir.Load.Mock;

/// <summary>
/// The bytes of one dialect, built once: a whole answer, and the framed pieces of a stream. A content chunk is about 250
/// bytes and holds `#0000000`, overwritten with its number so that the client can prove order and completeness.
/// </summary>
internal sealed class MockPayloads
{
    private const int Digits = 7;

    private readonly int _digitsAt;

    private MockPayloads(string contentType, string answer, string[] opening, string content, string[] closing)
    {
        Answer = Encoding.UTF8.GetBytes(Headers("200 OK", contentType) + $"Content-Length: {answer.Length}\r\n\r\n{answer}");
        Opening = Encoding.UTF8.GetBytes(
            Headers("200 OK", "text/event-stream; charset=utf-8") + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n"
            + string.Concat(opening.Select(Frame)));
        Content = Encoding.UTF8.GetBytes(Frame(content));
        Closing = Encoding.UTF8.GetBytes(string.Concat(closing.Select(Frame)) + "0\r\n\r\n");
        _digitsAt = Content.AsSpan().IndexOf("#0000000"u8) + 1;
    }

    private static readonly MockPayloads Chat = BuildChat();
    private static readonly MockPayloads Messages = BuildMessages();
    private static readonly MockPayloads Responses = BuildResponses();
    private static readonly MockPayloads Gemini = BuildGemini();

    internal byte[] Answer { get; }

    internal byte[] Opening { get; }

    internal byte[] Content { get; }

    internal byte[] Closing { get; }

    internal static MockPayloads Of(MockDialect dialect) => dialect switch
    {
        MockDialect.AnthropicMessages => Messages,
        MockDialect.OpenAiResponses => Responses,
        MockDialect.GeminiGenerate => Gemini,
        _ => Chat,
    };

    internal static byte[] Error(int status)
    {
        var body = $$$"""{"error":{"message":"mock failure","type":"server_error","param":null,"code":"{{{status}}}"}}""";
        return Encoding.UTF8.GetBytes(Headers($"{status} Mock", "application/json") + $"Content-Length: {body.Length}\r\n\r\n{body}");
    }

    /// <summary>Writes content chunk <paramref name="number"/> and returns its length.</summary>
    internal int WriteContent(Span<byte> target, int number)
    {
        Content.CopyTo(target);
        for (var i = Digits - 1; i >= 0; i--, number /= 10)
            target[_digitsAt + i] = (byte)('0' + (number % 10));
        return Content.Length;
    }

    private static string Headers(string status, string contentType) =>
        $"HTTP/1.1 {status}\r\nContent-Type: {contentType}\r\nx-request-id: req_bench\r\n";

    private static string Frame(string sseEvent) => $"{sseEvent.Length:x}\r\n{sseEvent}\r\n";

    private static MockPayloads BuildChat()
    {
        const string Common = """
            "id":"chatcmpl-bench00000000000000000001","object":"chat.completion.chunk","created":1760000000,"model":"gpt-4o-mini-2024-07-18","system_fingerprint":"fp_0123456789"
            """;
        const string Usage = """
            {"prompt_tokens":64,"completion_tokens":160,"total_tokens":224,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}
            """;
        static string Event(string rest) => $"data: {{{Common},{rest}}}\n\n";
        static string Delta(string delta, string finish) =>
            Event($$"""
                "choices":[{"index":0,"delta":{{delta}},"finish_reason":{{finish}}}]
                """);
        var answer = $$$"""{"id":"chatcmpl-bench00000000000000000001","object":"chat.completion","created":1760000000,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant","content":"{{{Prose(600)}}}","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],"usage":{{{Usage}}},"service_tier":"default","system_fingerprint":"fp_0123456789"}""";
        return new MockPayloads("application/json", answer,
            [Delta("""{"role":"assistant","content":""}""", "null")],
            Delta("""{"content":"#0000000 water"}""", "null"),
            [Delta("{}", "\"stop\""), Event($"\"choices\":[],\"usage\":{Usage}"), "data: [DONE]\n\n"]);
    }

    private static MockPayloads BuildMessages()
    {
        static string Event(string name, string rest) =>
            $$"""
            event: {{name}}
            data: {"type":"{{name}}"{{rest}}}


            """;
        const string Message = """
            "id":"msg_bench000000000000000001","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929"
            """;
        var answer = $$$"""{{{{Message}}},"content":[{"type":"text","text":"{{{Prose(700)}}}"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":64,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":160}}""";
        // Padded to the size of a chat chunk so that the two lanes move the same number of bytes.
        var word = "#0000000 " + new string('w', 120);
        return new MockPayloads("application/json", answer,
            [
                Event("message_start", $$$""","message":{{{{Message}}},"content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":64,"output_tokens":1}}"""),
                Event("content_block_start", ""","index":0,"content_block":{"type":"text","text":""}"""),
            ],
            Event("content_block_delta", $$$""","index":0,"delta":{"type":"text_delta","text":"{{{word}}}"}"""),
            [
                Event("content_block_stop", ""","index":0"""),
                Event("message_delta", ""","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":160}"""),
                Event("message_stop", ""),
            ]);
    }

    private static MockPayloads BuildResponses()
    {
        const string Item = """
            "id":"msg_bench000000000000000001","type":"message","role":"assistant"
            """;
        const string Place = """
            "item_id":"msg_bench000000000000000001","output_index":0,"content_index":0
            """;
        const string Usage = """
            {"input_tokens":64,"input_tokens_details":{"cached_tokens":0},"output_tokens":160,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":224}
            """;
        static string Part(string text) => $$"""{"type":"output_text","text":"{{text}}","annotations":[]}""";
        static string Response(string status, string output, string usage) =>
            $$"""{"id":"resp_bench000000000000000001","object":"response","created_at":1760000000,"status":"{{status}}","error":null,"incomplete_details":null,"model":"gpt-5-2025-08-07","output":[{{output}}],"usage":{{usage}}}""";
        static string Event(string type, string rest) => $"event: {type}\ndata: {{\"type\":\"{type}\",\"sequence_number\":1,{rest}}}\n\n";
        static string Done(string text) => $$"""{{{Item}},"status":"completed","content":[{{Part(text)}}]}""";
        return new MockPayloads("application/json", Response("completed", Done(Prose(700)), Usage),
            [
                Event("response.created", "\"response\":" + Response("in_progress", "", "null")),
                Event("response.output_item.added", $"\"output_index\":0,\"item\":{{{Item},\"status\":\"in_progress\",\"content\":[]}}"),
                Event("response.content_part.added", $"{Place},\"part\":{Part("")}"),
            ],
            // A word that brings the chunk to the size of a chat chunk.
            Event("response.output_text.delta", $"{Place},\"delta\":\"#0000000 {new string('w', 50)}\",\"logprobs\":[]"),
            [
                Event("response.output_text.done", $"{Place},\"text\":\"water\",\"logprobs\":[]"),
                Event("response.content_part.done", $"{Place},\"part\":{Part("water")}"),
                Event("response.output_item.done", $"\"output_index\":0,\"item\":{Done("water")}"),
                Event("response.completed", "\"response\":" + Response("completed", Done("water"), Usage)),
            ]);
    }

    private static MockPayloads BuildGemini()
    {
        static string Answer(string text, string finish) =>
            $$$"""{"candidates":[{"content":{"parts":[{"text":"{{{text}}}"}],"role":"model"}{{{finish}}},"index":0}],"usageMetadata":{"promptTokenCount":64,"candidatesTokenCount":160,"totalTokenCount":224},"modelVersion":"gemini-2.5-flash","responseId":"bench00000000000000001"}""";
        const string Finish = ",\"finishReason\":\"STOP\"";
        static string Event(string answer) => $"data: {answer}\n\n";
        return new MockPayloads("application/json", Answer(Prose(700), Finish), [],
            Event(Answer("#0000000 water", "")), [Event(Answer("", Finish))]);
    }

    private static string Prose(int length)
    {
        StringBuilder text = new();
        while (text.Length < length)
            text.Append("Water finds its level over the weir. ");
        return text.ToString(0, length);
    }
}
