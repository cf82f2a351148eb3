using System.Buffers;
using System.Text.Json;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// <c>previous_response_id</c> and <c>item_reference</c>: what a request names of Weir's own answers, and the request with
/// it written out. Ids that a provider made stay as they are: they are the provider's to resolve.
/// </summary>
internal static class NamedAnswers
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = StrictJson.DefaultMaxDepth + 8 };

    public static IReadOnlyList<string> In(ReadOnlyMemory<byte> request)
    {
        using var document = JsonDocument.Parse(request, Options);
        var names = new List<string>();
        if (document.RootElement.Text("previous_response_id"u8) is { } previous && ItemIds.IsOwnResponse(previous))
            names.Add(previous);
        foreach (var item in document.RootElement.Items("input"u8))
        {
            if (item.Text("type"u8) == "item_reference" && item.Text("id"u8) is { } id && ItemIds.ResponseOf(id) is { } response)
                names.Add(response);
        }

        return names;
    }

    public static byte[] WriteOut(ReadOnlyMemory<byte> request, IReadOnlyDictionary<string, byte[]> kept)
    {
        var parsed = new Dictionary<string, JsonDocument>(StringComparer.Ordinal);
        try
        {
            foreach (var (id, bytes) in kept)
                parsed[id] = JsonDocument.Parse(bytes, Options);
            using var document = JsonDocument.Parse(request, Options);
            return WriteOut(document.RootElement, parsed);
        }
        finally
        {
            foreach (var document in parsed.Values)
                document.Dispose();
        }
    }

    private static byte[] WriteOut(JsonElement request, Dictionary<string, JsonDocument> kept)
    {
        var turns = Chain(request.Text("previous_response_id"u8), kept);
        var output = new ArrayBufferWriter<byte>(4096);
        using (var json = RawJsonExtensions.CreateWriter(output))
        {
            json.WriteStartObject();
            foreach (var member in request.EnumerateObject())
            {
                if (member.Name is not "input" && (turns is null || member.Name is not "previous_response_id"))
                    member.WriteTo(json);
            }

            json.WriteStartArray("input"u8);
            foreach (var turn in turns ?? [])
            {
                KeptAnswer.WriteItems(json, turn, Named);
                foreach (var item in turn.Object("response"u8)?.Items("output"u8) ?? default)
                    json.WriteRawValue(item.GetRawText(), skipInputValidation: true);
            }

            KeptAnswer.WriteItems(json, request, Named);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();

        JsonElement? Named(string itemId)
        {
            if (ItemIds.ResponseOf(itemId) is not { } id || !kept.TryGetValue(id, out var answer))
                return null;
            foreach (var item in answer.RootElement.Object("response"u8)?.Items("output"u8) ?? default)
            {
                if (item.Text("id"u8) == itemId)
                    return item;
            }

            return null;
        }
    }

    /// <summary>The conversation's turns, oldest first; null when one is missing, because half a conversation is another one.</summary>
    private static List<JsonElement>? Chain(string? last, Dictionary<string, JsonDocument> kept)
    {
        var turns = new List<JsonElement>();
        for (var id = last; id is not null;)
        {
            if (!kept.TryGetValue(id, out var answer))
                return null;
            turns.Add(answer.RootElement);
            id = turns.Count > kept.Count ? null : answer.RootElement.Text("previous"u8);
        }

        turns.Reverse();
        return last is null ? null : turns;
    }
}
