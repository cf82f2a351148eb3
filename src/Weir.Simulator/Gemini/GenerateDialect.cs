using Microsoft.AspNetCore.Http;
using System.Text.Json;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;

namespace Weir.Simulator.Gemini;

/// <summary>Gemini <c>generateContent</c> and <c>streamGenerateContent</c>; the path says model and kind.</summary>
internal sealed class GenerateDialect(ulong seed) : IDialect
{
    private readonly ThoughtSeal _seal = new(seed);

    public const string DialectName = "gemini.generate";

    public string Name => DialectName;

    public static bool Serves(string path) =>
        path.Contains("/models/", StringComparison.Ordinal) &&
        (path.EndsWith(":generateContent", StringComparison.Ordinal) || IsStream(path));

    public void Authenticate(HttpRequest request, string? requiredKey) => GeminiErrors.Authenticate(request, requiredKey);

    public DialectRequest Read(HttpRequest request, JsonElement body)
    {
        var path = request.Path.Value!;
        var model = path[(path.LastIndexOf('/') + 1)..path.LastIndexOf(':')];
        return GenerateRequestReader.Read(body, model, IsStream(path), _seal);
    }

    public string StreamContentType(HttpRequest request) => IsSse(request) ? "text/event-stream" : "application/json; charset=UTF-8";

    public void WriteWhole(Reply reply, EventBuffer to) => new GenerateWriter(reply, _seal).Whole(to);

    public IEnumerable<SimEvent> Stream(HttpRequest request, Reply reply, EventBuffer to) =>
        new GenerateStream(reply, new GenerateWriter(reply, _seal), to, IsSse(request)).Events();

    public void WriteError(ApiFault fault, string requestId, EventBuffer to) => GeminiErrors.Write(fault, to);

    public void WriteStreamError(HttpRequest request, EventBuffer to)
    {
        to.Raw(IsSse(request) ? "data: "u8 : ",\r\n"u8);
        GeminiErrors.Write(new ApiFault(503, "The model is overloaded. Please try again later."), to);
        to.Raw(IsSse(request) ? "\r\n\r\n"u8 : "\r\n]"u8);
    }

    public void SetHeaders(IHeaderDictionary headers, int status, string requestId, long input, DateTimeOffset now)
    {
        headers["server-timing"] = "gfet4t7; dur=1";
        headers["x-request-id"] = requestId;
        headers["vary"] = "Origin, X-Origin, Referer";
    }

    private static bool IsStream(string path) => path.EndsWith(":streamGenerateContent", StringComparison.Ordinal);

    private static bool IsSse(HttpRequest request) => request.Query["alt"] == "sse" || request.Query["$alt"] == "sse";
}
