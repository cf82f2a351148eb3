using Microsoft.AspNetCore.Http;
using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.OpenAi;

/// <summary>OpenAI Chat Completions.</summary>
internal sealed class ChatDialect(PromptCache cache) : IDialect
{
    public const string DialectName = "openai.chat";

    public string Name => DialectName;

    public void Authenticate(HttpRequest request, string? requiredKey) => OpenAiErrors.Authenticate(request, requiredKey);

    public DialectRequest Read(HttpRequest request, JsonElement body) => ChatRequestReader.Read(body, cache);

    public string StreamContentType(HttpRequest request) => "text/event-stream; charset=utf-8";

    public void WriteWhole(Reply reply, EventBuffer to) => ChatWriter.Whole(reply, to);

    public IEnumerable<SimEvent> Stream(HttpRequest request, Reply reply, EventBuffer to) => new ChatStream(reply, to).Events();

    public void WriteError(ApiFault fault, string requestId, EventBuffer to) => OpenAiErrors.Write(fault, to);

    public void WriteStreamError(HttpRequest request, EventBuffer to)
    {
        to.Raw("data: "u8);
        OpenAiErrors.Write(new ApiFault(500, "The server had an error while processing your request."), to);
        to.Raw("\n\n"u8);
    }

    public void SetHeaders(IHeaderDictionary headers, int status, string requestId, long input, DateTimeOffset now) =>
        OpenAiErrors.SetHeaders(headers, status, requestId, input);
}
