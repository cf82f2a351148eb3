using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereEmbed;

/// <summary>Requests and answers between this dialect and canon.</summary>
internal static class CohereEmbedBodies
{
    private const string Standard = "search_document";

    public static EmbeddingRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = StrictJson.DefaultMaxDepth + 1 });
        List<EmbeddingInput> inputs = [];
        var request = new EmbeddingRequest { Model = "", Inputs = inputs };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                request = Apply(request, member.Name, member.Value, inputs, notes);
        }

        return request;
    }

    public static void WriteRequest(EmbeddingRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("model"u8, target.Model);
        json.WriteStartArray("texts"u8);
        foreach (var input in request.Inputs)
        {
            if (input.Text is null)
                notes.Refuse("input", "Cohere takes text, not token ids");
            json.WriteStringValue(input.Text ?? "");
        }

        json.WriteEndArray();
        if (request.Purpose is null)
            notes.Adapt("input_type", $"Cohere must be told what vectors are for: {Standard}");
        json.WriteString("input_type"u8, request.Purpose ?? Standard);
        json.WriteStartArray("embedding_types"u8);
        json.WriteStringValue("float"u8);
        json.WriteEndArray();
        if (request.Dimensions is { } dimensions)
            json.WriteNumber("output_dimension"u8, dimensions);
        if (request.Truncate is { } truncate)
            json.WriteString("truncate"u8, truncate ? "END"u8 : "NONE"u8);
        if (request.UserId is not null)
            notes.Drop("user", "Cohere's API has no such parameter");
        json.WriteEndObject();
    }

    public static EmbeddingAnswer? ReadAnswer(ReadOnlyMemory<byte> body)
    {
        if (JsonElements.Parse(body.Span) is not { } answer || answer.Object("embeddings"u8)?.Member("float"u8) is not { ValueKind: JsonValueKind.Array } vectors)
            return null;
        return new EmbeddingAnswer
        {
            Id = answer.Text("id"u8),
            Vectors = [.. vectors.EnumerateArray().Select(v => EmbeddingVector.FromNumbers(v.RawCopy()))],
        };
    }

    public static void WriteAnswer(EmbeddingAnswer answer, EmbeddingRequest request, ResponseShape shape, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("id"u8, answer.Id ?? shape.ResponseId);
        json.WriteStartArray("texts"u8);
        foreach (var input in request.Inputs)
            json.WriteStringValue(input.Text);
        json.WriteEndArray();
        json.WriteStartObject("embeddings"u8);
        json.WriteStartArray(request.AsBase64 ? "base64"u8 : "float"u8);
        foreach (var vector in answer.Vectors)
        {
            if (request.AsBase64)
                json.WriteStringValue(vector.ToBase64());
            else
                json.WriteRaw(vector.ToNumbers());
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("meta"u8);
        json.WriteStartObject("api_version"u8);
        json.WriteString("version"u8, "2"u8);
        json.WriteEndObject();
        if (answer.Usage is { } usage)
        {
            json.WriteStartObject("billed_units"u8);
            json.WriteNumber("input_tokens"u8, usage.InputTotal);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteString("response_type"u8, "embeddings_by_type"u8);
        json.WriteEndObject();
    }

    private static EmbeddingRequest Apply(EmbeddingRequest request, string name, JsonElement value, List<EmbeddingInput> inputs, TranslationNotes notes)
    {
        switch (name)
        {
            case "model":
                return request with { Model = value.Text() };
            case "texts":
                inputs.AddRange(value.EnumerateArray().Select(v => new EmbeddingInput(v.Text())));
                return request;
            case "inputs":
                ReadInputs(value, inputs, notes);
                return request;
            case "input_type":
                return request with { Purpose = value.Text() };
            case "output_dimension":
                return request with { Dimensions = value.Whole() };
            case "truncate":
                return request with { Truncate = value.Text() != "NONE" };
            case "embedding_types":
                var types = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(t => t.Text()).ToList() : [];
                if (types.Exists(t => t is not ("float" or "base64")) || types.Count > 1)
                    notes.Refuse("embedding_types", "only float or base64 can be had from other providers");
                return request with { AsBase64 = types is ["base64"] };
            case "images":
                notes.Refuse("images", "images can be embedded by Cohere only");
                return request;
            default:
                notes.Drop(name, "only Cohere's API has this parameter");
                return request;
        }
    }

    private static void ReadInputs(JsonElement value, List<EmbeddingInput> inputs, TranslationNotes notes)
    {
        foreach (var input in value.EnumerateArray())
        {
            List<string> texts = [];
            foreach (var part in input.Items("content"u8))
            {
                if (part.Text("text"u8) is { } text)
                    texts.Add(text);
                else
                    notes.Refuse("inputs", "only text can be embedded elsewhere");
            }

            inputs.Add(new EmbeddingInput(string.Join('\n', texts)));
        }
    }
}
