using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaEmbed;

/// <summary>Requests and answers between this dialect and canon.</summary>
internal static class OllamaEmbedBodies
{
    public static EmbeddingRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, bool isOlder)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = StrictJson.DefaultMaxDepth + 1 });
        List<EmbeddingInput> inputs = [];
        var request = new EmbeddingRequest { Model = "", Inputs = inputs };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            var value = member.Value;
            if (value.ValueKind == JsonValueKind.Null)
                continue;
            switch (member.Name)
            {
                case "model":
                    request = request with { Model = value.Text() };
                    break;
                case "prompt" when isOlder:
                    inputs.Add(new EmbeddingInput(value.Text()));
                    break;
                case "input" when !isOlder:
                    if (value.ValueKind == JsonValueKind.String)
                        inputs.Add(new EmbeddingInput(value.Text()));
                    else
                        inputs.AddRange(value.EnumerateArray().Select(v => new EmbeddingInput(v.Text())));
                    break;
                case "truncate":
                    request = request with { Truncate = value.Flag() };
                    break;
                case "dimensions":
                    request = request with { Dimensions = value.Whole() };
                    break;
                case "options" when value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any():
                    break;
                default:
                    notes.Drop(member.Name, "only Ollama's API has this parameter");
                    break;
            }
        }

        if (inputs.Count == 0)
            notes.Refuse(isOlder ? "prompt" : "input", "there is nothing to embed; loading a model is something only Ollama can be asked for");
        return request;
    }

    public static void WriteRequest(EmbeddingRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("model"u8, target.Model);
        json.WriteStartArray("input"u8);
        foreach (var input in request.Inputs)
        {
            if (input.Text is null)
                notes.Refuse("input", "Ollama takes text, not token ids");
            json.WriteStringValue(input.Text ?? "");
        }

        json.WriteEndArray();
        if (request.Dimensions is { } dimensions)
            json.WriteNumber("dimensions"u8, dimensions);
        if (request.Truncate is { } truncate)
            json.WriteBoolean("truncate"u8, truncate);
        if (request.Purpose is not null)
            notes.Drop("input_type", "Ollama does not ask what vectors are for");
        if (request.UserId is not null)
            notes.Drop("user", "Ollama's API has no such parameter");
        json.WriteEndObject();
    }

    public static EmbeddingAnswer? ReadAnswer(ReadOnlyMemory<byte> body)
    {
        if (JsonElements.Parse(body.Span) is not { } answer || answer.Member("embeddings"u8) is not { ValueKind: JsonValueKind.Array } vectors)
            return null;
        return new EmbeddingAnswer
        {
            Model = answer.Text("model"u8),
            Vectors = [.. vectors.EnumerateArray().Select(v => EmbeddingVector.FromNumbers(v.RawCopy()))],
        };
    }

    /// <summary>One vector and no usage in the older form.</summary>
    public static void WriteAnswer(EmbeddingAnswer answer, ResponseShape shape, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        if (shape.Route == OllamaEmbedDialect.OlderRoute)
        {
            json.WriteRaw("embedding"u8, answer.Vectors.Count > 0 ? answer.Vectors[0].ToNumbers() : RawJson.FromText("[]"));
            json.WriteEndObject();
            return;
        }

        json.WriteString("model"u8, answer.Model ?? shape.Model);
        json.WriteStartArray("embeddings"u8);
        foreach (var vector in answer.Vectors)
            json.WriteRaw(vector.ToNumbers());
        json.WriteEndArray();
        if (answer.Usage is { } usage)
            json.WriteNumber("prompt_eval_count"u8, usage.InputTotal);
        json.WriteEndObject();
    }
}
