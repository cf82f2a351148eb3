using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Core.Configuration;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Routing;
using Weir.Core.Spine;
using Weir.Core.Spine.Steps;

namespace Weir.Http;

/// <summary>
/// Model lists in Ollama's shape: <c>/api/tags</c>, <c>/api/show</c>, <c>/api/ps</c> and <c>/api/version</c>. They hold what the key may
/// use, never more; sizes and digests of files are not ours to know.
/// </summary>
internal sealed class OllamaModels(ISnapshotSource snapshots, Identify identify, IDialect dialect, RequestIds ids)
{
    /// <summary>The version of Ollama's API that is spoken here; its clients ask before they use what is newer.</summary>
    private const string ApiVersion = "0.12.6";

    private const int MaxBody = 64 * 1024;

    public static bool Handles(string path) => path is "/api/tags" or "/api/show" or "/api/ps" or "/api/version";

    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var requestId = ids.Next();
        var method = path == "/api/show" ? "POST" : "GET";
        if (context.Request.Method != method)
        {
            await PlainReply.WriteErrorAsync(context, dialect, new GatewayError(ErrorKind.InvalidRequest, Step.Accept, Party.Client, 405,
                "method_not_allowed", $"'{path}' takes {method}."), requestId, allow: method);
            return;
        }

        // Says nothing about anybody: Ollama's clients ask it before they have a key to show.
        if (path == "/api/version")
        {
            await WriteAsync(context, requestId, json => json.WriteString("version"u8, ApiVersion));
            return;
        }

        var (caller, error) = identify.Recognise(new HttpClientChannel(context));
        if (caller is null)
        {
            await PlainReply.WriteErrorAsync(context, dialect, error!, requestId);
            return;
        }

        var listing = snapshots.Current.Models.Listing;
        if (path == "/api/show")
            await ShowAsync(context, name => listing.Find(name, caller.Key), requestId);
        else
            await WriteAsync(context, requestId, json => WriteList(json, path == "/api/ps" ? [] : listing.VisibleTo(caller.Key)));
    }

    private async Task ShowAsync(HttpContext context, Func<string, ListedModel?> find, string requestId)
    {
        var asked = await ReadModelAsync(context.Request);
        if (asked is null)
        {
            await PlainReply.WriteErrorAsync(context, dialect, GatewayErrors.BadBody("missing_field", "'model' is required: the model's name.", "model"), requestId);
            return;
        }

        if (find(asked) is not { } model)
        {
            await PlainReply.WriteErrorAsync(context, dialect, GatewayErrors.UnknownModel(asked, null), requestId);
            return;
        }

        await WriteAsync(context, requestId, json =>
        {
            json.WriteString("modelfile"u8, ""u8);
            json.WriteString("parameters"u8, ""u8);
            json.WriteString("template"u8, ""u8);
            WriteDetails(json);
            json.WriteStartObject("model_info"u8);
            json.WriteEndObject();
            json.WriteStartArray("capabilities"u8);
            json.WriteStringValue("completion"u8);
            json.WriteStringValue("tools"u8);
            json.WriteEndArray();
            json.WriteString("modified_at"u8, TimeOf(model));
        });
    }

    /// <summary>The body's <c>model</c> (once: <c>name</c>), or null when it is not a small JSON object with one.</summary>
    private static async Task<string?> ReadModelAsync(HttpRequest request)
    {
        var body = new byte[MaxBody];
        var length = await request.Body.ReadAtLeastAsync(body, MaxBody, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        try
        {
            using var document = JsonDocument.Parse(body.AsMemory(0, length));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            foreach (var name in (string[])["model", "name"])
            {
                if (document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
                    return value.GetString();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Answered like a body without a name.
        }

        return null;
    }

    private static async Task WriteAsync(HttpContext context, string requestId, Action<Utf8JsonWriter> members)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = output.WrittenCount;
        context.Response.Headers["x-weir-request-id"] = requestId;
        await context.Response.Body.WriteAsync(output.WrittenMemory, context.RequestAborted);
    }

    private static void WriteList(Utf8JsonWriter json, IEnumerable<(string Name, ListedModel Model)> models)
    {
        json.WriteStartArray("models"u8);
        foreach (var (name, model) in models)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, name);
            json.WriteString("model"u8, name);
            json.WriteString("modified_at"u8, TimeOf(model));
            json.WriteNumber("size"u8, 0);
            json.WriteString("digest"u8, ""u8);
            WriteDetails(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteDetails(Utf8JsonWriter json)
    {
        json.WriteStartObject("details"u8);
        foreach (var name in (ReadOnlySpan<string>)["parent_model", "format", "family", "parameter_size", "quantization_level"])
            json.WriteString(name, ""u8);
        json.WriteStartArray("families"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Ollama's clients parse the time of everything: a model nobody knows the day of is as old as time.
    private static string TimeOf(ListedModel model) => (model.Released ?? new DateOnly(1970, 1, 1)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";
}
