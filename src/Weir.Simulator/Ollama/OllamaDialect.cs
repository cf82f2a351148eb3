using Microsoft.AspNetCore.Http;
using System.Text.Json;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Ollama;

/// <summary>Ollama's <c>/api/chat</c> and <c>/api/generate</c>. Keys are welcome but not asked for, as at home.</summary>
internal sealed class OllamaDialect : IDialect
{
    public const string DialectName = "ollama.chat";

    public string Name => DialectName;

    public static bool Serves(string path) => path.EndsWith("/api/chat", StringComparison.Ordinal) || IsGenerate(path);

    public void Authenticate(HttpRequest request, string? requiredKey)
    {
        if (requiredKey is not null && request.Headers.Authorization != $"Bearer {requiredKey}")
        {
            throw new ApiFault(401, "unauthorized");
        }
    }

    public DialectRequest Read(HttpRequest request, JsonElement body) => OllamaRequestReader.Read(body, IsGenerate(request.Path.Value!));

    public string StreamContentType(HttpRequest request) => "application/x-ndjson";

    public void WriteWhole(Reply reply, EventBuffer to) => throw new NotSupportedException("Needs the path; the writer of the request's path is asked.");

    public void WriteWhole(HttpRequest request, Reply reply, EventBuffer to) => new OllamaWriter(reply, to, IsGenerate(request.Path.Value!)).Whole();

    public IEnumerable<SimEvent> Stream(HttpRequest request, Reply reply, EventBuffer to) =>
        new OllamaWriter(reply, to, IsGenerate(request.Path.Value!)).Events();

    public void WriteError(ApiFault fault, string requestId, EventBuffer to)
    {
        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("error", fault.Message);
        json.WriteEndObject();
        to.EndJson();
    }

    public void WriteStreamError(HttpRequest request, EventBuffer to)
    {
        WriteError(new ApiFault(500, "an error was encountered while running the model"), "", to);
        to.Raw("\n"u8);
    }

    public void SetHeaders(IHeaderDictionary headers, int status, string requestId, long input, DateTimeOffset now) => headers["x-request-id"] = requestId;

    private static bool IsGenerate(string path) => path.EndsWith("/api/generate", StringComparison.Ordinal);
}
