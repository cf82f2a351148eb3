using Microsoft.AspNetCore.Http;
using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.OpenAi;

/// <summary>OpenAI Responses, with the answers it stores.</summary>
internal sealed class ResponsesDialect(PromptCache cache, ulong seed) : IDialect
{
    public const string DialectName = "openai.responses";

    private readonly ReasoningSeal _seal = new(seed);

    public string Name => DialectName;

    public ResponseStore Store { get; } = new();

    public void Authenticate(HttpRequest request, string? requiredKey) => OpenAiErrors.Authenticate(request, requiredKey);

    public DialectRequest Read(HttpRequest request, JsonElement body) => ResponsesRequestReader.Read(
        body.Text("previous_response_id") is { } previous ? Store.Complete(body, previous) : body, cache, _seal);

    public string StreamContentType(HttpRequest request) => "text/event-stream; charset=utf-8";

    public void WriteWhole(Reply reply, EventBuffer to)
    {
        Keep(reply);
        new ResponsesWriter(reply, _seal).Whole(to);
    }

    public IEnumerable<SimEvent> Stream(HttpRequest request, Reply reply, EventBuffer to)
    {
        Keep(reply);
        return new ResponsesStream(reply, _seal, to).Events();
    }

    public void WriteError(ApiFault fault, string requestId, EventBuffer to) => OpenAiErrors.Write(fault, to);

    public void WriteStreamError(HttpRequest request, EventBuffer to) => to.Raw(
        "event: error\ndata: {\"type\":\"error\",\"sequence_number\":99,\"error\":{\"type\":\"server_error\",\"code\":\"server_error\",\"message\":\"The server had an error while processing your request.\",\"param\":null}}\n\n"u8);

    public void SetHeaders(IHeaderDictionary headers, int status, string requestId, long input, DateTimeOffset now) =>
        OpenAiErrors.SetHeaders(headers, status, requestId, input);

    private void Keep(Reply reply)
    {
        if (reply.Request.StoredInput is { } input)
        {
            using var buffer = new EventBuffer();
            new ResponsesWriter(reply, _seal).Whole(buffer);
            Store.Keep(input, buffer.Written);
        }
    }
}
