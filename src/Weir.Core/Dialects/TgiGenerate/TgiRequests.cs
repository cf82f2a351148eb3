using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.TgiGenerate;

/// <summary>Requests: <c>inputs</c> and <c>parameters</c>.</summary>
internal static class TgiRequests
{
    private static readonly string[] Known = ["inputs", "parameters", "model", "stream"];

    public static FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => StrictBody.Read(body, (ref json, firstMember) =>
    {
        var weight = new PromptWeight();
        var hasInputs = false;
        var model = head.Model;
        ByteRange modelValue = default;
        long? maxTokens = null;
        while (json.NextMember())
        {
            if (json.ValueTextEquals("inputs"u8))
            {
                hasInputs = true;
                weight.Add(ref json, []);
            }
            else if (json.ValueTextEquals("model"u8))
            {
                var named = json.ReadModel(out modelValue);
                model ??= named;
            }
            else if (json.ValueTextEquals("parameters"u8))
                maxTokens = ReadCap(ref json);
            else
            {
                json.RefuseVariantOf(Known);
                json.SkipValue();
            }
        }

        if (!hasInputs)
            throw StrictBody.Missing("inputs", "the text to continue");
        if (model is null)
            throw StrictBody.Missing("model", "the model's name; this gateway has several (or call /models/MODEL/generate)");
        return new RequestFacts
        {
            Model = model,
            ModelValue = modelValue,
            ModelInPath = head.Model is not null,
            Stream = head.Stream ?? false,
            FirstMemberOffset = firstMember,
            ClientWantsUsage = true,
            MaxOutputTokens = maxTokens,
            MessageCount = 1,
            PromptTextBytes = weight.TextBytes,
        };
    });

    public static ModelRequest Read(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = StrictJson.DefaultMaxDepth + 1 });
        var request = new ModelRequest { Model = head.Model ?? document.RootElement.Text("model"u8) ?? "", Stream = head.Stream ?? false };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Name == "inputs")
                request = request with { Messages = [new Message(MessageRole.User, [new ContentPart.Text(member.Value.Text())])] };
            else if (member.Name is not ("parameters" or "model" or "stream") && member.Value.ValueKind != JsonValueKind.Null)
                notes.Drop(member.Name, "no counterpart in other dialects");
        }

        foreach (var parameter in document.RootElement.Object("parameters"u8) is { } parameters ? parameters.EnumerateObject() : default)
        {
            if (parameter.Value.ValueKind != JsonValueKind.Null)
                request = Apply(request, parameter.Name, parameter.Value, body, notes);
        }

        return request;
    }

    public static void Write(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("inputs"u8, PromptText.Of(request, notes, takesSchemas: true));
        json.WriteStartObject("parameters"u8);
        json.WriteNumber("max_new_tokens"u8, request.MaxOutputTokens ?? target.DefaultMaxOutputTokens);
        json.WriteBoolean("return_full_text"u8, false);
        json.WriteBoolean("details"u8, true);
        json.WriteRaw("temperature"u8, request.Temperature);
        json.WriteRaw("top_p"u8, request.TopP);
        json.WriteRaw("top_k"u8, request.TopK);
        json.WriteRaw("seed"u8, request.Seed);
        json.WriteRaw("frequency_penalty"u8, request.FrequencyPenalty);
        if (request.ResponseFormat is { Kind: ResponseFormatKind.JsonSchema, Schema.IsEmpty: false } format)
        {
            json.WriteStartObject("grammar"u8);
            json.WriteString("type"u8, "json"u8);
            json.WriteRaw("value"u8, format.Schema);
            json.WriteEndObject();
        }

        if (request.StopSequences.Count > 0)
            json.WriteStrings("stop"u8, request.StopSequences);
        json.WriteEndObject();
        // The path decides; said here too for servers whose root path takes both.
        json.WriteBoolean("stream"u8, request.Stream);
        json.WriteEndObject();
        if (request.Choices is > 1)
            notes.Refuse("n", "the upstream gives one answer");
        if (!request.PresencePenalty.IsEmpty)
            notes.Drop("presence_penalty", "the upstream has no such parameter");
        if (!request.LogitBias.IsEmpty)
            notes.Drop("logit_bias", "the upstream has no such parameter");
        if (request.Logprobs is true)
            notes.Drop("logprobs", "the upstream's have another shape");
        if (request.UserId is not null)
            notes.Drop("user", "the upstream has no such parameter");
    }

    private static ModelRequest Apply(ModelRequest request, string name, JsonElement value, ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        switch (name)
        {
            case "max_new_tokens":
                return request with { MaxOutputTokens = value.Whole() };
            case "temperature":
                return request with { Temperature = value.ToRaw(body) };
            case "top_p":
                return request with { TopP = value.ToRaw(body) };
            case "top_k":
                return request with { TopK = value.ToRaw(body) };
            case "seed":
                return request with { Seed = value.ToRaw(body) };
            case "frequency_penalty":
                return request with { FrequencyPenalty = value.ToRaw(body) };
            case "stop":
                return request with { StopSequences = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.Text())] : [] };
            case "return_full_text" when value.Flag() is true:
                notes.Refuse("parameters.return_full_text", "the prompt cannot be repeated by other providers");
                return request;
            // Details are always given, and what is false is not asked for.
            case "details":
            case var _ when value.ValueKind == JsonValueKind.False && name != "do_sample":
                return request;
            case "grammar" when value.Text("type"u8) is "json" or "json_schema" && value.Object("value"u8) is { } schema:
                return request with { ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema, null, schema.ToRaw(body)) };
            case "grammar":
                notes.Refuse("parameters.grammar", "of grammars only JSON schemas have a counterpart");
                return request;
            case "best_of" when value.Whole() is > 1:
                notes.Refuse("parameters.best_of", "only this server can do it");
                return request;
            default:
                notes.Drop($"parameters.{name}", "only this server's API has this parameter");
                return request;
        }
    }

    private static long? ReadCap(ref StrictJsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return null;
        if (json.TokenType != JsonTokenType.StartObject)
            throw json.WrongType("an object or null");
        json.FoldCase();
        long? cap = null;
        while (json.NextMember())
        {
            if (json.ValueTextEquals("max_new_tokens"u8))
                cap = json.ReadOptionalCount(0);
            else
            {
                json.RefuseVariantOf(["max_new_tokens"]);
                json.SkipValue();
            }
        }

        return cap;
    }
}
