using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Arguments that stream in pieces (<c>partialArgs</c>): each piece names a place (<c>$.list[0].name</c>) and gives a value,
/// of strings perhaps only the next stretch.
/// </summary>
internal sealed class PartialArguments
{
    private const int MostItems = 100_000;
    private readonly JsonObject _root = [];

    public override string ToString() => _root.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void Add(JsonElement piece)
    {
        if (piece.TextOf("jsonPath") is not { } path || Steps(path) is not { Count: > 0 } steps)
            return;
        JsonNode at = _root;
        for (int i = 0; i + 1 < steps.Count; i++)
        {
            if (Get(at, steps[i]) is not (JsonObject or JsonArray) || Get(at, steps[i]) is not { } next)
                Set(at, steps[i], next = steps[i + 1] is int ? new JsonArray() : new JsonObject());
            at = next;
        }

        object last = steps[^1];
        if (piece.TextOf("stringValue") is { } text)
            Set(at, last, JsonValue.Create(Get(at, last) is JsonValue before && before.TryGetValue(out string? start) ? start + text : text));
        else if (piece.TryField("numberValue", out JsonElement number))
            Set(at, last, JsonNode.Parse(number.GetRawText()));
        else if (piece.TryField("boolValue", out JsonElement truth))
            Set(at, last, JsonNode.Parse(truth.GetRawText()));
        else if (piece.ValueKind == JsonValueKind.Object && (piece.TryGetProperty("nullValue"u8, out _) || piece.TryGetProperty("null_value"u8, out _)))
            Set(at, last, null);
    }

    private static JsonNode? Get(JsonNode node, object step) => (node, step) switch
    {
        (JsonObject o, string name) => o[name],
        (JsonArray a, int index) when index < a.Count => a[index],
        _ => null,
    };

    private static void Set(JsonNode node, object step, JsonNode? value)
    {
        if (node is JsonObject o && step is string name)
            o[name] = value;
        if (node is not JsonArray a || step is not int index)
            return;
        while (a.Count <= index)
            a.Add(null);
        a[index] = value;
    }

    /// <summary>Names and indexes of a path; null when it is none (RFC 9535's names and indexes only).</summary>
    private static List<object>? Steps(string path)
    {
        var steps = new List<object>();
        for (int at = path.StartsWith('$') ? 1 : 0; at < path.Length;)
        {
            if (path[at] == '[')
            {
                int close = path.IndexOf(']', at);
                if (close < 0)
                    return null;
                string inside = path[(at + 1)..close].Trim('\'', '"');
                if (int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                {
                    if (index >= MostItems)
                        return null;
                    steps.Add(index);
                }
                else
                    steps.Add(inside);
                at = close + 1;
                continue;
            }

            int start = path[at] == '.' ? at + 1 : at;
            int end = path.AsSpan(start).IndexOfAny('.', '[');
            end = end < 0 ? path.Length : start + end;
            steps.Add(path[start..end]);
            at = end;
        }

        return steps;
    }
}
