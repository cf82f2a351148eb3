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
/// <c>GET /v1/models</c> and <c>/v1/models/{id}</c> in three styles: Anthropic's when the caller sends Anthropic's headers,
/// Google's when it sends Google's (and always below <c>/v1beta</c>, where Google's clients ask), OpenAI's otherwise.
/// Lists what the key may use, never more.
/// </summary>
internal sealed class ModelLists(ISnapshotSource snapshots, Identify identify, IDialect openAi, IDialect anthropic, IDialect gemini, RequestIds ids)
{
    private const string Root = "/v1/models";
    private const string GeminiRoot = "/v1beta/models";
    private const int DefaultPage = 20;
    private const int LargestPage = 1000;

    public static bool Handles(string path) => IsBelow(path, Root) || IsBelow(path, GeminiRoot);

    private static bool IsBelow(string path, string root) =>
        path == root || (path.StartsWith(root, StringComparison.Ordinal) && path.Length > root.Length + 1 && path[root.Length] == '/');

    public async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var isAnthropic = context.Request.Headers.ContainsKey("anthropic-version") || context.Request.Headers.ContainsKey("anthropic-beta");
        var root = IsBelow(path, GeminiRoot) ? GeminiRoot : Root;
        var isGemini = root == GeminiRoot || context.Request.Headers.ContainsKey("x-goog-api-key") || context.Request.Headers.ContainsKey("x-goog-api-client");
        var dialect = isGemini ? gemini : isAnthropic ? anthropic : openAi;
        var requestId = ids.Next();
        if (!HttpMethods.IsGet(context.Request.Method))
        {
            await PlainReply.WriteErrorAsync(context, dialect, new GatewayError(ErrorKind.InvalidRequest, Step.Accept, Party.Client, 405,
                "method_not_allowed", "The model list takes GET."), requestId, allow: "GET");
            return;
        }

        var (caller, error) = identify.Recognise(new HttpClientChannel(context), dialect.KeyQueryMember);
        if (caller is null)
        {
            await PlainReply.WriteErrorAsync(context, dialect, error!, requestId);
            return;
        }

        var listing = snapshots.Current.Models.Listing;
        if (path.Length <= root.Length)
        {
            var visible = listing.VisibleTo(caller.Key).ToList();
            await WriteAsync(context, dialect, requestId, json => { if (isGemini) GeminiModelList.WriteList(json, visible, context.Request.Query); else if (isAnthropic) WriteAnthropicList(json, visible, context.Request.Query); else WriteOpenAiList(json, visible); });
            return;
        }

        var id = path[(root.Length + 1)..].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (listing.Find(id, caller.Key) is not { } model)
        {
            await PlainReply.WriteErrorAsync(context, dialect, GatewayErrors.UnknownModel(id, null), requestId);
            return;
        }
        await WriteAsync(context, dialect, requestId, json => { if (isGemini) GeminiModelList.Write(json, id, model); else if (isAnthropic) WriteAnthropic(json, id, model); else WriteOpenAi(json, id, model); });
    }

    private static async Task WriteAsync(HttpContext context, IDialect dialect, string requestId, Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(output))
            write(json);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = output.WrittenCount;
        context.Response.Headers["x-weir-request-id"] = requestId;
        context.Response.Headers[dialect.RequestIdHeader] = requestId;
        await context.Response.Body.WriteAsync(output.WrittenMemory, context.RequestAborted);
    }

    private static void WriteOpenAiList(Utf8JsonWriter json, List<(string Name, ListedModel Model)> models)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var (name, model) in models)
            WriteOpenAi(json, name, model);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOpenAi(Utf8JsonWriter json, string name, ListedModel model)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, name);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, ReleasedAt(model).ToUnixTimeSeconds());
        json.WriteString("owned_by"u8, model.Owner);
        json.WriteEndObject();
    }

    private static void WriteAnthropicList(Utf8JsonWriter json, List<(string Name, ListedModel Model)> models, IQueryCollection query)
    {
        var limit = int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? Math.Clamp(n, 1, LargestPage) : DefaultPage;
        var page = models;
        if (query["after_id"].ToString() is { Length: > 0 } after)
            page = [.. models.SkipWhile(m => m.Name != after).Skip(1)];
        else if (query["before_id"].ToString() is { Length: > 0 } before)
            page = [.. models.TakeWhile(m => m.Name != before).TakeLast(limit)];
        var shown = page.Take(limit).ToList();

        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        foreach (var (name, model) in shown)
            WriteAnthropic(json, name, model);
        json.WriteEndArray();
        json.WriteBoolean("has_more"u8, page.Count > shown.Count);
        json.WriteString("first_id"u8, shown.Count > 0 ? shown[0].Name : null);
        json.WriteString("last_id"u8, shown.Count > 0 ? shown[^1].Name : null);
        json.WriteEndObject();
    }

    private static void WriteAnthropic(Utf8JsonWriter json, string name, ListedModel model)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "model"u8);
        json.WriteString("id"u8, name);
        json.WriteString("display_name"u8, model.DisplayName ?? name);
        json.WriteString("created_at"u8, ReleasedAt(model).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    /// <summary>The release, or the epoch where nobody knows it: what Anthropic's reference says of <c>created_at</c>.</summary>
    private static DateTimeOffset ReleasedAt(ListedModel model) =>
        model.Released is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.UnixEpoch;
}
