using Microsoft.AspNetCore.Http;
using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.OpenAi;
using Weir.Simulator.Records;

namespace Weir.Simulator.Texts;

/// <summary>An API that continues a text, in one of three shapes.</summary>
internal sealed class TextDialect(TextShape shape) : IDialect
{
    public string Name { get; } = NameOf(shape);

    public static string NameOf(TextShape shape) => shape switch
    {
        TextShape.Completions => "openai.completions",
        TextShape.Triton => "triton.generate",
        _ => "tgi.generate",
    };

    /// <summary>The shape served at a path, or null.</summary>
    public static TextShape? ShapeOf(string path) =>
        path.EndsWith("/completions", StringComparison.Ordinal) ? TextShape.Completions
        : !path.EndsWith("/generate", StringComparison.Ordinal) && !path.EndsWith("/generate_stream", StringComparison.Ordinal) ? (TextShape?)null
        : path.Contains("/v2/models/", StringComparison.Ordinal) ? TextShape.Triton : TextShape.Tgi;

    public void Authenticate(HttpRequest request, string? requiredKey)
    {
        if (shape == TextShape.Completions)
        {
            OpenAiErrors.Authenticate(request, requiredKey);
        }
    }

    public DialectRequest Read(HttpRequest request, JsonElement body)
    {
        var path = request.Path.Value!;
        var text = shape switch
        {
            TextShape.Completions => body.Text("prompt") ?? (body.Items("prompt").FirstOrDefault() is { ValueKind: JsonValueKind.String } first ? first.GetString() : null),
            TextShape.Triton => body.Text("text_input"),
            _ => body.Text("inputs"),
        };
        var settings = shape == TextShape.Tgi ? body.Get("parameters") ?? default : body;
        return new DialectRequest
        {
            Model = shape == TextShape.Triton ? path.Split('/')[^2] : body.Text("model") ?? (shape == TextShape.Tgi ? "the-model" : throw ApiFault.Invalid("you must provide a model parameter")),
            Stream = shape == TextShape.Completions ? body.IsTrue("stream") : path.EndsWith("_stream", StringComparison.Ordinal),
            UserText = text ?? throw ApiFault.Invalid("the text to continue is missing"),
            Input = new ServedUsage { InputUncached = TokenRule.Count(text) },
            MaxTokens = settings.Get(shape == TextShape.Tgi ? "max_new_tokens" : "max_tokens")?.GetInt32() ?? (shape == TextShape.Triton ? (int?)null : 16),
            Choices = shape == TextShape.Completions ? body.Get("n")?.GetInt32() ?? 1 : 1,
            AsksUsage = body.Get("stream_options")?.IsTrue("include_usage") is true,
        };
    }

    public string StreamContentType(HttpRequest request) => "text/event-stream";

    public void WriteWhole(Reply reply, EventBuffer to) => new TextWriter(shape, reply, to).Whole();

    public IEnumerable<SimEvent> Stream(HttpRequest request, Reply reply, EventBuffer to) => new TextWriter(shape, reply, to).Events();

    public void WriteError(ApiFault fault, string requestId, EventBuffer to)
    {
        if (shape == TextShape.Completions)
        {
            OpenAiErrors.Write(fault, to);
            return;
        }

        var json = to.BeginJson();
        json.WriteStartObject();
        json.WriteString("error", fault.Message);
        if (shape == TextShape.Tgi)
        {
            json.WriteString("error_type", "validation");
        }

        json.WriteEndObject();
        to.EndJson();
    }

    public void WriteStreamError(HttpRequest request, EventBuffer to)
    {
        to.Raw("data: "u8);
        WriteError(new ApiFault(500, "The server had an error while processing your request."), "", to);
        to.Raw("\n\n"u8);
    }

    public void SetHeaders(IHeaderDictionary headers, int status, string requestId, long input, DateTimeOffset now) => headers["x-request-id"] = requestId;
}
