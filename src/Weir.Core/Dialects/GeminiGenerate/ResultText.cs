using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// Function results: an object here, text in most other dialects. By convention <c>output</c> (or <c>result</c>) holds what
/// the function gave and <c>error</c> what went wrong (FunctionResponse in @google/genai); any other object is its own text.
/// </summary>
internal static class ResultText
{
    public static (List<ContentPart> Content, bool IsError) Read(JsonElement response, ReadOnlyMemory<byte> body)
    {
        if (response.ValueKind != JsonValueKind.Object)
            return ([Text(response, body)], false);
        using JsonElement.ObjectEnumerator members = response.EnumerateObject();
        JsonProperty? only = members.Count() == 1 ? response.EnumerateObject().First() : null;
        return only is { Name: "output" or "result" or "error" } known
            ? ([Text(known.Value, body)], known.Name == "error")
            : ([Text(response, body)], false);
    }

    /// <summary>Writes the <c>response</c> object for a result's text.</summary>
    public static void Write(Utf8JsonWriter json, string text, bool isError)
    {
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(text);
        json.WritePropertyName("response"u8);
        if (!isError && RawJsonExtensions.IsJsonObject(utf8))
        {
            json.WriteRawValue(utf8.AsSpan().Trim(" \t\r\n"u8), skipInputValidation: true);
            return;
        }

        json.WriteStartObject();
        json.WriteString(isError ? "error"u8 : "output"u8, text);
        json.WriteEndObject();
    }

    private static ContentPart.Text Text(JsonElement value, ReadOnlyMemory<byte> body)
        => new(value.ValueKind == JsonValueKind.String ? value.Text() : value.ToRaw(body).ToString());
}
