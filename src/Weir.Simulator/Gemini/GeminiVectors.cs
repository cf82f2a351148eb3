using System.Text.Json;
using Weir.Simulator.Answers;
using Weir.Simulator.Calls;
using Weir.Simulator.Json;
using Weir.Simulator.OpenAi;

namespace Weir.Simulator.Gemini;

/// <summary>The vectors of <c>embedContent</c> and <c>batchEmbedContents</c>.</summary>
internal static class GeminiVectors
{
    private const int DefaultDimensions = 768;

    public static bool Serves(string path) =>
        path.EndsWith(":embedContent", StringComparison.Ordinal) || path.EndsWith(":batchEmbedContents", StringComparison.Ordinal);

    public static void Write(JsonElement body, string model, bool isBatch, EventBuffer to)
    {
        var requests = isBatch ? body.Items("requests").ToList() : [body];
        if (requests.Count == 0)
        {
            throw ApiFault.Invalid("* BatchEmbedContentsRequest.requests: requests is not specified\n");
        }

        var json = to.BeginJson();
        json.WriteStartObject();
        if (isBatch)
        {
            json.WriteStartArray("embeddings");
        }
        else
        {
            json.WritePropertyName("embedding");
        }

        foreach (var request in requests)
        {
            // The model in the path and the one in the body must be the same.
            if (request.Text("model") is { } named && named != "models/" + model)
            {
                throw ApiFault.Invalid("* model: model must match the path.\n");
            }

            One(request, json);
        }

        if (isBatch)
        {
            json.WriteEndArray();
        }

        json.WriteEndObject();
        to.EndJson();
    }

    private static void One(JsonElement request, Utf8JsonWriter json)
    {
        var text = string.Concat((request.Get("content") ?? default).Items("parts").Select(part => part.Text("text")));
        if (text.Length == 0)
        {
            throw ApiFault.Invalid("* EmbedContentRequest.content: contents is not specified\n");
        }

        var dimensions = GenerateRequestReader.Either(request, "outputDimensionality", "output_dimensionality")?.GetInt32() ?? DefaultDimensions;
        json.WriteStartObject();
        json.WriteStartArray("values");
        foreach (var value in EmbeddingVector.Of(TokenRule.Split(text), Math.Clamp(dimensions, 1, 4096)))
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
