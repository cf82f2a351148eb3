using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Core.Routing;

namespace Weir.Http;

/// <summary>Models as the Gemini API lists them (<c>models.list</c>, <c>models.get</c>); a page's token is the name after which it begins.</summary>
internal static class GeminiModelList
{
    private const int DefaultPage = 50;
    private const int LargestPage = 1000;
    private static readonly string[] Methods = ["generateContent", "streamGenerateContent", "countTokens"];

    public static void WriteList(Utf8JsonWriter json, List<(string Name, ListedModel Model)> models, IQueryCollection query)
    {
        var size = int.TryParse(query["pageSize"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked > 0 ? Math.Min(asked, LargestPage) : DefaultPage;
        var page = query["pageToken"].ToString() is { Length: > 0 } after ? [.. models.SkipWhile(m => m.Name != after).Skip(1)] : models;
        var shown = page.Take(size).ToList();
        json.WriteStartObject();
        json.WriteStartArray("models"u8);
        foreach (var (name, model) in shown)
            Write(json, name, model);
        json.WriteEndArray();
        if (page.Count > shown.Count)
            json.WriteString("nextPageToken"u8, shown[^1].Name);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string name, ListedModel model)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, "models/" + name);
        json.WriteString("displayName"u8, model.DisplayName ?? name);
        json.WriteStartArray("supportedGenerationMethods"u8);
        foreach (var method in Methods)
            json.WriteStringValue(method);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
