using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiEmbeddings;

/// <summary>Requests and answers between this dialect and canon.</summary>
internal static class EmbeddingsBodies
{
    public static EmbeddingRequest ReadRequest(ReadOnlyMemory<byte> body, TranslationNotes notes, string? modelInPath)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = StrictJson.DefaultMaxDepth + 1 });
        List<EmbeddingInput> inputs = [];
        var request = new EmbeddingRequest { Model = modelInPath ?? "", Inputs = inputs };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                request = Apply(request, member.Name, member.Value, body, inputs, notes);
        }

        return modelInPath is null ? request : request with { Model = modelInPath };
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
                json.WriteRaw(input.Tokens);
            else
                json.WriteStringValue(input.Text);
        }

        json.WriteEndArray();
        if (request.AsBase64)
            json.WriteString("encoding_format"u8, "base64"u8);
        if (request.Dimensions is { } dimensions)
            json.WriteNumber("dimensions"u8, dimensions);
        if (request.UserId is not null)
            json.WriteString("user"u8, request.UserId);
        if (request.Purpose is not null)
            notes.Drop("input_type", "OpenAI's API does not ask what vectors are for");
        if (request.Truncate is true)
            notes.Drop("truncate", "the upstream refuses inputs that are too long");
        json.WriteEndObject();
    }

    public static EmbeddingAnswer? ReadAnswer(ReadOnlyMemory<byte> body)
    {
        if (JsonElements.Parse(body.Span) is not { } answer || answer.Member("data"u8) is not { ValueKind: JsonValueKind.Array } data)
            return null;
        // By the book in order; the index decides where it is sent.
        List<(long Index, EmbeddingVector Vector)> vectors = [];
        foreach (var item in data.EnumerateArray())
        {
            EmbeddingVector? vector = item.Member("embedding"u8) switch
            {
                { ValueKind: JsonValueKind.Array } numbers => EmbeddingVector.FromNumbers(numbers.RawCopy()),
                { ValueKind: JsonValueKind.String } text => EmbeddingVector.FromBase64(text.Text()),
                _ => null,
            };
            if (vector is null)
                return null;
            vectors.Add((item.Whole("index"u8) ?? vectors.Count, vector.Value));
        }

        return new EmbeddingAnswer { Model = answer.Text("model"u8), Vectors = [.. vectors.OrderBy(v => v.Index).Select(v => v.Vector)] };
    }

    /// <summary>Voyage sends <c>total_tokens</c> alone; an embedding has no output, so the total is the prompt.</summary>
    public static Usage? ReadUsage(JsonElement usage) =>
        (usage.Whole("prompt_tokens"u8) ?? usage.Whole("total_tokens"u8)) is >= 0 and var tokens ? new Usage { InputUncached = tokens } : null;

    public static void WriteAnswer(EmbeddingAnswer answer, EmbeddingRequest request, ResponseShape shape, IBufferWriter<byte> output)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (var i = 0; i < answer.Vectors.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("object"u8, "embedding"u8);
            json.WriteNumber("index"u8, i);
            if (request.AsBase64)
                json.WriteString("embedding"u8, answer.Vectors[i].ToBase64());
            else
                json.WriteRaw("embedding"u8, answer.Vectors[i].ToNumbers());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("model"u8, answer.Model ?? shape.Model);
        var tokens = answer.Usage?.InputTotal ?? 0;
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, tokens);
        json.WriteNumber("total_tokens"u8, tokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static EmbeddingRequest Apply(EmbeddingRequest request, string name, JsonElement value, ReadOnlyMemory<byte> body, List<EmbeddingInput> inputs,
        TranslationNotes notes)
    {
        switch (name)
        {
            case "model":
                return request with { Model = value.Text() };
            case "input":
                ReadInputs(value, body, inputs, notes);
                return request;
            case "dimensions":
                return request with { Dimensions = value.Whole() };
            case "encoding_format":
                return request with { AsBase64 = value.Text() == "base64" };
            case "user":
                return request with { UserId = value.Text() };
            default:
                notes.Drop(name, "no counterpart in other dialects");
                return request;
        }
    }

    private static void ReadInputs(JsonElement value, ReadOnlyMemory<byte> body, List<EmbeddingInput> inputs, TranslationNotes notes)
    {
        if (value.ValueKind == JsonValueKind.String)
            inputs.Add(new EmbeddingInput(value.Text()));
        else if (value.EnumerateArray().FirstOrDefault().ValueKind == JsonValueKind.Number)
            inputs.Add(new EmbeddingInput(null, value.ToRaw(body)));
        else
        {
            foreach (var item in value.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.Object)
                    notes.Refuse("input", "only text can be embedded elsewhere");
                inputs.Add(item.ValueKind == JsonValueKind.String ? new EmbeddingInput(item.Text()) : new EmbeddingInput(null, item.ToRaw(body)));
            }
        }
    }
}
