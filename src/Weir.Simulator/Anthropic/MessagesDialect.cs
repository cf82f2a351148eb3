using Microsoft.AspNetCore.Http;
using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Anthropic;

/// <summary>Anthropic Messages.</summary>
internal sealed class MessagesDialect(PromptCache cache, ulong seed) : IDialect
{
    public const string DialectName = "anthropic.messages";

    private readonly ThinkingSeal _seal = new(seed);

    public string Name => DialectName;

    public void Authenticate(HttpRequest request, string? requiredKey) => AnthropicErrors.Authenticate(request, requiredKey);

    public DialectRequest Read(HttpRequest request, JsonElement body) => MessagesRequestReader.Read(body, cache, _seal);

    public string StreamContentType(HttpRequest request) => "text/event-stream; charset=utf-8";

    public void WriteWhole(Reply reply, EventBuffer to) => MessagesWriter.Whole(reply, _seal, to);

    public IEnumerable<SimEvent> Stream(HttpRequest request, Reply reply, EventBuffer to) =>
        new MessagesStream(reply, _seal, to).Events();

    public void WriteError(ApiFault fault, string requestId, EventBuffer to) => AnthropicErrors.Write(fault, requestId, to);

    public void WriteStreamError(HttpRequest request, EventBuffer to)
    {
        to.Raw("event: error\ndata: "u8);
        AnthropicErrors.Write(new ApiFault(529, "Overloaded"), null, to);
        to.Raw("\n\n"u8);
    }

    public void SetHeaders(IHeaderDictionary headers, int status, string requestId, long input, DateTimeOffset now) =>
        AnthropicErrors.SetHeaders(headers, status, requestId, input, now);
}
