using System.Collections.Frozen;
using System.Text.Json;

namespace Weir.Core.Routing.Pools;

/// <summary>
/// Ollama's <c>GET /api/ps</c>: the models that are in memory (docs.ollama.com/api/ps). It tells neither queue nor batch; what
/// counts is that a model which is not loaded has to be loaded first.
/// </summary>
public static class OllamaLoad
{
    /// <summary>The load, or null when this is not such a document.</summary>
    public static EngineLoad? Read(ReadOnlySpan<byte> json)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!JsonDocument.TryParseValue(ref reader, out var document))
                return null;
            using (document)
            {
                if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("models"u8, out var models) || models.ValueKind != JsonValueKind.Array)
                    return null;
                foreach (var model in models.EnumerateArray())
                {
                    AddName(model, "model"u8, names);
                    AddName(model, "name"u8, names);
                }
            }
        }
        catch (JsonException)
        {
            return null;
        }
        return new EngineLoad { Loaded = names.ToFrozenSet(StringComparer.Ordinal) };
    }

    private static void AddName(JsonElement model, ReadOnlySpan<byte> member, HashSet<string> names)
    {
        if (model.ValueKind != JsonValueKind.Object || !model.TryGetProperty(member, out var value) || value.GetString() is not { Length: > 0 } name)
            return;
        names.Add(name);
        // A call for "llama3" means "llama3:latest".
        if (name.EndsWith(":latest", StringComparison.Ordinal))
            names.Add(name[..^":latest".Length]);
    }
}
