using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>
/// What is kept of an answer: <c>{"previous": id or null, "input": [the items of this turn], "response": {the whole
/// answer}}</c>. Earlier turns are kept with their own answers.
/// </summary>
public static class KeptAnswer
{
    internal static (string Id, ReadOnlyMemory<byte> Document) Make(ResponseShape shape, ResponseHead head, AnswerBuilder answer)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        using (var json = RawJsonExtensions.CreateWriter(output))
        using (var request = JsonDocument.Parse(shape.Request.IsEmpty ? "{}"u8.ToArray() : shape.Request))
        {
            json.WriteStartObject();
            json.WriteString("previous"u8, request.RootElement.Text("previous_response_id"u8));
            json.WriteStartArray("input"u8);
            WriteItems(json, request.RootElement, null);
            json.WriteEndArray();
            json.WritePropertyName("response"u8);
            head.Write(json, answer.Status, answer);
            json.WriteEndObject();
        }

        return (ItemIds.Response(shape.ResponseId), output.WrittenMemory);
    }

    /// <summary>The kept response object, or null when the document is not one of these.</summary>
    public static byte[]? ResponseIn(ReadOnlyMemory<byte> kept) => Read(kept, root =>
        root.Object("response"u8) is { } response ? RawJson.FromText(response.GetRawText()).Utf8.ToArray() : null);

    /// <summary>The items of the turn as a list object (<c>GET /responses/{id}/input_items</c>), newest first unless asked otherwise.</summary>
    public static byte[]? InputItemsIn(ReadOnlyMemory<byte> kept, string id, bool oldestFirst) => Read(kept, root =>
    {
        var items = root.Items("input"u8).ToList();
        var order = Enumerable.Range(0, items.Count);
        var ids = order.Select(i => items[i].Text("id"u8) ?? ItemIds.Item("in", id.Split('_')[^1], i)).ToList();
        var shown = oldestFirst ? order.ToList() : order.Reverse().ToList();
        var output = new ArrayBufferWriter<byte>();
        using (var json = RawJsonExtensions.CreateWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "list"u8);
            json.WriteStartArray("data"u8);
            foreach (var i in shown)
                WriteListed(json, items[i], ids[i]);
            json.WriteEndArray();
            json.WriteBoolean("has_more"u8, false);
            json.WriteString("first_id"u8, shown.Count > 0 ? ids[shown[0]] : null);
            json.WriteString("last_id"u8, shown.Count > 0 ? ids[shown[^1]] : null);
            json.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    });

    internal static string? PredecessorOf(ReadOnlyMemory<byte> kept) => Read(kept, root => root.Text("previous"u8));

    /// <summary>A request's input as items; those that only name another are replaced by <paramref name="named"/>'s answer.</summary>
    internal static void WriteItems(Utf8JsonWriter json, JsonElement request, Func<string, JsonElement?>? named)
    {
        if (request.Member("input"u8, JsonValueKind.String) is { } text)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "message"u8);
            json.WriteString("role"u8, "user"u8);
            json.WritePropertyName("content"u8);
            text.WriteTo(json);
            json.WriteEndObject();
            return;
        }

        foreach (var item in request.Items("input"u8))
        {
            var whole = item.Text("type"u8) == "item_reference" && item.Text("id"u8) is { } id ? named?.Invoke(id) : null;
            json.WriteRawValue((whole ?? item).GetRawText(), skipInputValidation: true);
        }
    }

    private static void WriteListed(Utf8JsonWriter json, JsonElement item, string id)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        if (item.Text("type"u8) is null)
            json.WriteString("type"u8, "message"u8);
        foreach (var member in item.ValueKind == JsonValueKind.Object ? item.EnumerateObject() : default)
        {
            if (member.Name == "id")
                continue;
            if (member.Name == "content" && member.Value.ValueKind == JsonValueKind.String)
                WriteText(json, item, member.Value);
            else
                member.WriteTo(json);
        }

        json.WriteEndObject();
    }

    // Listed messages have their content as parts.
    private static void WriteText(Utf8JsonWriter json, JsonElement item, JsonElement text)
    {
        json.WriteStartArray("content"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, item.Text("role"u8) == "assistant" ? "output_text"u8 : "input_text"u8);
        json.WritePropertyName("text"u8);
        text.WriteTo(json);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static T? Read<T>(ReadOnlyMemory<byte> kept, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(kept, new JsonDocumentOptions { MaxDepth = StrictJson.DefaultMaxDepth + 8 });
            return read(document.RootElement);
        }
        catch (JsonException)
        {
            return null; // Of another version.
        }
    }
}
