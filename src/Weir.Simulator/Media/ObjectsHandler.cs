using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Simulator.Calls;
using Weir.Simulator.OpenAi;

namespace Weir.Simulator.Media;

/// <summary>
/// OpenAI files, uploads, batches and vector stores, in memory. A batch is done as soon as it is made: every line of its
/// input becomes a line of its output, with ten prompt and five completion tokens of the line's model.
/// </summary>
internal sealed class ObjectsHandler(SimulatorOptions options, ChatDialect shape)
{
    public const string DialectName = "openai.objects";

    private static readonly string[] Roots = ["files", "uploads", "batches", "vector_stores", "conversations", "containers"];

    private readonly ConcurrentDictionary<string, (JsonObject Object, byte[] Bytes)> _objects = new(StringComparer.Ordinal);
    private int _made;

    public static bool Serves(string path) => Parts(path).Length > 0;

    public void Clear() => _objects.Clear();

    public async Task HandleAsync(Call call, ReadOnlyMemory<byte> body)
    {
        try
        {
            OpenAiErrors.Authenticate(call.Http.Request, options.RequiredKey);
            var parts = Parts(call.Http.Request.Path.Value!);
            var form = await SimForm.ReadAsync(call.Http.Request.ContentType, body);
            Answer(call, call.Http.Request.Method, parts, form);
        }
        catch (ApiFault fault)
        {
            OpenAiErrors.SetHeaders(call.Http.Response.Headers, fault.Status, call.RequestId, 0);
            CallRunner.Refuse(call, shape, fault);
        }
    }

    private void Answer(Call call, string method, string[] parts, SimForm form)
    {
        switch (method, parts)
        {
            case ("GET", [var root]):
                List(call, root);
                break;
            case ("GET", ["files", var id, "content"]):
                SimReply.Bytes(call, "application/octet-stream", Find(id).Bytes);
                break;
            case ("POST", ["files"]):
                var (_, name, bytes) = form.Files.Find(f => f.Field == "file");
                SimReply.Json(call, File(name ?? throw ApiFault.Invalid("Missing required parameter: 'file'."), bytes, form["purpose"] ?? "assistants"));
                break;
            case ("POST", ["uploads"]):
                SimReply.Json(call, Make("upload", "upload_", new JsonObject { ["status"] = "pending", ["filename"] = form["filename"], ["purpose"] = form["purpose"] }));
                break;
            case ("POST", ["uploads", var id, "parts"]):
                var (upload, held) = Find(id);
                _objects[id] = (upload, [.. held, .. form.Files[0].Bytes]);
                SimReply.Json(call, new JsonObject { ["id"] = Id("part_"), ["object"] = "upload.part", ["upload_id"] = id });
                break;
            case ("POST", ["uploads", var id, "complete"]):
                var (whole, all) = Find(id);
                whole["status"] = "completed";
                whole["file"] = File((string?)whole["filename"] ?? "", all, (string?)whole["purpose"] ?? "").DeepClone();
                SimReply.Json(call, whole);
                break;
            case ("POST", ["batches"]):
                SimReply.Json(call, Batch(form));
                break;
            case ("POST", ["vector_stores"]):
                SimReply.Json(call, Make("vector_store", "vs_", new JsonObject { ["name"] = form["name"], ["status"] = "completed" }));
                break;
            case ("POST", ["conversations"]):
                SimReply.Json(call, Make("conversation", "conv_", []));
                break;
            case ("POST", ["containers"]):
                SimReply.Json(call, Make("container", "cntr_", new JsonObject { ["name"] = form["name"] }));
                break;
            case ("POST", ["vector_stores", var id, "search"]):
                _ = Find(id);
                SimReply.Json(call, new JsonObject { ["object"] = "vector_store.search_results.page", ["search_query"] = form["query"], ["data"] = new JsonArray(), ["has_more"] = false, ["next_page"] = null });
                break;
            case ("POST", ["vector_stores", var id, "files"]):
                _ = Find(id);
                SimReply.Json(call, new JsonObject { ["id"] = form["file_id"], ["object"] = "vector_store.file", ["vector_store_id"] = id, ["status"] = "completed" });
                break;
            case ("DELETE", [_, var id]):
                var gone = Find(id).Object;
                _objects.TryRemove(id, out _);
                SimReply.Json(call, new JsonObject { ["id"] = id, ["object"] = (string?)gone["object"] + (gone["object"]!.ToString() == "file" ? "" : ".deleted"), ["deleted"] = true });
                break;
            case (_, [_, var id, ..]):
                SimReply.Json(call, Find(id).Object);
                break;
            default:
                throw new ApiFault(404, "Invalid URL", "invalid_request_error");
        }
    }

    private void List(Call call, string root)
    {
        var kind = root switch { "files" => "file", "uploads" => "upload", "batches" => "batch", "containers" => "container", _ => "vector_store" };
        var query = call.Http.Request.Query;
        var all = _objects.Values.Select(o => o.Object).Where(o => (string?)o["object"] == kind).OrderByDescending(o => (long)o["created_at"]!).ToList();
        if (query["order"] == "asc")
            all.Reverse();
        if (query["after"] is [{ } after])
            all = [.. all.SkipWhile(o => (string?)o["id"] != after).Skip(1)];
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var asked) ? asked : 20;
        var hasMore = all.Count > limit;
        all = [.. all.Take(limit)];
        SimReply.Json(call, new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. all.Select(o => o.DeepClone())]),
            ["first_id"] = (string?)all.FirstOrDefault()?["id"],
            ["last_id"] = (string?)all.LastOrDefault()?["id"],
            ["has_more"] = hasMore,
        });
    }

    private JsonObject Batch(SimForm form)
    {
        var input = Find(form["input_file_id"] ?? throw ApiFault.Invalid("Missing required parameter: 'input_file_id'.")).Bytes;
        var output = new StringBuilder();
        foreach (var line in Encoding.UTF8.GetString(input).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var asked = JsonNode.Parse(line)!;
            output.Append(new JsonObject
            {
                ["id"] = Id("batch_req_"),
                ["custom_id"] = asked["custom_id"]?.DeepClone(),
                ["response"] = new JsonObject
                {
                    ["status_code"] = 200,
                    ["body"] = new JsonObject
                    {
                        ["model"] = asked["body"]!["model"]!.DeepClone(),
                        ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = "done" }, ["finish_reason"] = "stop" }),
                        ["usage"] = new JsonObject { ["prompt_tokens"] = 10, ["completion_tokens"] = 5, ["total_tokens"] = 15 },
                    },
                },
                ["error"] = null,
            }.ToJsonString()).Append('\n');
        }

        var result = File("output.jsonl", Encoding.UTF8.GetBytes(output.ToString()), "batch_output");
        return Make("batch", "batch_", new JsonObject
        {
            ["endpoint"] = form["endpoint"],
            ["input_file_id"] = form["input_file_id"],
            ["completion_window"] = form["completion_window"],
            ["status"] = "completed",
            ["output_file_id"] = (string?)result["id"],
            ["error_file_id"] = null,
        });
    }

    private JsonObject File(string name, byte[] bytes, string purpose) =>
        Make("file", "file-", new JsonObject { ["bytes"] = bytes.Length, ["filename"] = name, ["purpose"] = purpose }, bytes);

    private JsonObject Make(string kind, string prefix, JsonObject rest, byte[]? bytes = null)
    {
        var made = new JsonObject { ["id"] = Id(prefix), ["object"] = kind, ["created_at"] = 1_700_000_000L + _made };
        foreach (var (name, value) in rest.ToList())
        {
            rest.Remove(name);
            made[name] = value;
        }

        _objects[(string)made["id"]!] = (made, bytes ?? []);
        return made;
    }

    private string Id(string prefix) => prefix + Interlocked.Increment(ref _made).ToString("x8", CultureInfo.InvariantCulture);

    private (JsonObject Object, byte[] Bytes) Find(string id) =>
        _objects.TryGetValue(id, out var found) ? found : throw new ApiFault(404, $"No such object: {id}", "invalid_request_error");

    private static string[] Parts(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindIndex(parts, p => Roots.Contains(p));
        return at < 0 ? [] : parts[at..];
    }
}
