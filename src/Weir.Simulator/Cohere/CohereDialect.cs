using Microsoft.AspNetCore.Http;
using System.Text.Json;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Cohere;

/// <summary>Cohere <c>/v2/chat</c>.</summary>
internal sealed class CohereDialect : IDialect
{
    public const string DialectName = "cohere.chat";

    public string Name => DialectName;

    public static void CheckKey(HttpRequest request, string? requiredKey)
    {
        var bearer = request.Headers.Authorization.ToString();
        var key = bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? bearer[7..].Trim() : "";
        if (key.Length == 0 || (requiredKey is not null && key != requiredKey))
        {
            throw new ApiFault(401, "invalid api token");
        }
    }

    public void Authenticate(HttpRequest request, string? requiredKey) => CheckKey(request, requiredKey);

    public DialectRequest Read(HttpRequest request, JsonElement body) => CohereRequestReader.Read(body);

    public string StreamContentType(HttpRequest request) => "text/event-stream";

    public void WriteWhole(Reply reply, EventBuffer to) => CohereWriter.Whole(reply, to);

    public IEnumerable<SimEvent> Stream(HttpRequest request, Reply reply, EventBuffer to) => new CohereStream(reply, to).Events();

    public void WriteError(ApiFault fault, string requestId, EventBuffer to)
    {
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("id", requestId);
        json.WriteString("message", fault.Message);
        json.WriteEndObject();
        to.EndJson();
    }

    public void WriteStreamError(HttpRequest request, EventBuffer to)
    {
        to.Raw("event: message-end\ndata: "u8);
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("type", "message-end");
        json.WriteStartObject("delta");
        json.WriteString("error", "internal server error");
        json.WriteString("finish_reason", "ERROR");
        json.WriteEndObject();
        json.WriteEndObject();
        to.EndJson();
        to.Raw("\n\n"u8);
    }

    public void SetHeaders(IHeaderDictionary headers, int status, string requestId, long input, DateTimeOffset now)
    {
        headers["x-request-id"] = requestId;
        headers["x-debug-trace-id"] = requestId;
    }
}
