using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Simulator.Calls;

namespace Weir.Simulator.OpenAi;

/// <summary>Answers that were asked for with <c>store</c>, as the service keeps them: the newest thousand.</summary>
internal sealed class ResponseStore
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, (JsonArray Input, JsonObject Response)> _kept = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    public void Keep(JsonArray input, ReadOnlyMemory<byte> response)
    {
        var document = JsonNode.Parse(response.Span)!.AsObject();
        var id = (string)document["id"]!;
        _kept[id] = (input, document);
        _order.Enqueue(id);
        while (_kept.Count > Most && _order.TryDequeue(out var oldest))
        {
            _kept.TryRemove(oldest, out _);
        }
    }

    public bool Delete(string id) => _kept.TryRemove(id, out _);

    public JsonObject? Find(string id) => _kept.TryGetValue(id, out var kept) ? kept.Response : null;

    public JsonArray? InputOf(string id) => _kept.TryGetValue(id, out var kept) ? kept.Input : null;

    /// <summary>The request with the conversation it continues in front of its own input.</summary>
    public JsonElement Complete(JsonElement body, string previous)
    {
        if (!_kept.TryGetValue(previous, out var kept))
        {
            throw ApiFault.Invalid($"Previous response with id '{previous}' not found.", "previous_response_id", "previous_response_not_found");
        }

        var whole = JsonNode.Parse(body.GetRawText())!.AsObject();
        var items = Items(whole["input"]);
        whole.Remove("previous_response_id");
        whole["input"] = new JsonArray([.. kept.Input.Concat(kept.Response["output"]!.AsArray()).Concat(items).Select(item => item!.DeepClone())]);
        return JsonSerializer.SerializeToElement(whole);
    }

    /// <summary>An input as items.</summary>
    public static JsonArray Items(JsonNode? input) => input switch
    {
        JsonArray items => items,
        null => [],
        _ => [new JsonObject { ["type"] = "message", ["role"] = "user", ["content"] = input.DeepClone() }],
    };
}
