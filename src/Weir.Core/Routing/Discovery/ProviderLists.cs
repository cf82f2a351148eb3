using System.Text.Json;

namespace Weir.Core.Routing.Discovery;

/// <summary>The lists of models that APIs offer: where they are, and what stands in them.</summary>
public static class ProviderLists
{
    /// <summary>By dialect: path below the base URL, with a query that asks for as many as one page holds.</summary>
    private static readonly (string Dialect, string Path)[] Paths =
    [
        ("anthropic-messages", "models?limit=1000"), ("gemini-generate", "models?pageSize=1000"), ("ollama-chat", "api/tags"),
        ("openai-chat", "models"), ("openai-responses", "models"), ("openai-embeddings", "models"),
    ];

    /// <summary>The address of a provider's list, or null: none of its APIs has one.</summary>
    /// <param name="baseUrl">The provider's own base URL.</param>
    /// <param name="dialects">The dialects it speaks, each with a base URL of its own or null.</param>
    public static Uri? AddressOf(Uri baseUrl, IReadOnlyDictionary<string, Uri?> dialects)
    {
        // The one at the provider's own address first: its credential is made for that.
        foreach (var isOwn in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var (dialect, path) in Paths)
            {
                if (dialects.TryGetValue(dialect, out var url) && url is null == isOwn)
                    return new Uri($"{(url ?? baseUrl).AbsoluteUri.TrimEnd('/')}/{path}");
            }
        }
        return null;
    }

    /// <summary>
    /// The names in a list of any of these APIs: <c>{"data": [{"id"}]}</c>, <c>{"models": [{"name"}]}</c>, a bare array. Null for
    /// anything else.
    /// </summary>
    public static IReadOnlyList<string>? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && !root.TryGetProperty("data", out root) && !document.RootElement.TryGetProperty("models", out root))
                return null;
            if (root.ValueKind != JsonValueKind.Array)
                return null;
            var names = new List<string>();
            foreach (var item in root.EnumerateArray())
            {
                if (NameOf(item) is { Length: > 0 } name)
                    names.Add(name.StartsWith("models/", StringComparison.Ordinal) ? name["models/".Length..] : name);
            }
            return [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            return null;
        return (item.TryGetProperty("id", out var name) || item.TryGetProperty("name", out name) || item.TryGetProperty("model", out name))
            && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
    }
}
