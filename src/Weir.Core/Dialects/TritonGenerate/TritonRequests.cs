using System.Buffers;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.TritonGenerate;

/// <summary>Requests: <c>text_input</c>, and settings beside it (TensorRT-LLM's inputs) or in <c>parameters</c> (vLLM's).</summary>
internal static class TritonRequests
{
    private static readonly string[] Known = ["text_input", "parameters", "max_tokens", "stream", "temperature", "top_k", "top_p", "stop_words", "stop", "random_seed", "seed"];

    public static FactsResult ReadFacts(ReadOnlySpan<byte> body, CallHead head) => StrictBody.Read(body, (ref json, firstMember) =>
    {
        var weight = new PromptWeight();
        var hasText = false;
        long? maxTokens = null;
        while (json.NextMember())
        {
            if (json.ValueTextEquals("text_input"u8))
            {
                hasText = true;
                weight.Add(ref json, []);
            }
            else if (json.ValueTextEquals("max_tokens"u8))
                maxTokens = json.ReadOptionalCount(0);
            else
            {
                json.RefuseVariantOf(Known);
                json.SkipValue();
            }
        }

        if (!hasText)
            throw StrictBody.Missing("text_input", "the text to continue");
        return new RequestFacts
        {
            Model = head.Model ?? "",
            ModelInPath = true,
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
        var request = new ModelRequest { Model = head.Model ?? "", Stream = head.Stream ?? false };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Name == "parameters" && member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var parameter in member.Value.EnumerateObject())
                    request = Apply(request, parameter.Name, parameter.Value, body, notes);
            }
            else
            {
                request = Apply(request, member.Name, member.Value, body, notes);
            }
        }

        return request;
    }

    public static void Write(ModelRequest request, UpstreamTarget target, IBufferWriter<byte> output, TranslationNotes notes)
    {
        using var json = RawJsonExtensions.CreateWriter(output);
        json.WriteStartObject();
        json.WriteString("text_input"u8, PromptText.Of(request, notes));
        // What is no input of the model becomes a parameter of the call, so both of Triton's backends find these.
        json.WriteNumber("max_tokens"u8, request.MaxOutputTokens ?? target.DefaultMaxOutputTokens);
        json.WriteBoolean("stream"u8, request.Stream);
        json.WriteBoolean("exclude_input_in_output"u8, true);
        json.WriteRaw("temperature"u8, request.Temperature);
        json.WriteRaw("top_p"u8, request.TopP);
        json.WriteRaw("top_k"u8, request.TopK);
        json.WriteRaw("random_seed"u8, request.Seed);
        json.WriteRaw("frequency_penalty"u8, request.FrequencyPenalty);
        json.WriteRaw("presence_penalty"u8, request.PresencePenalty);
        if (request.StopSequences.Count > 0)
            json.WriteStrings("stop_words"u8, request.StopSequences);
        json.WriteEndObject();
        if (request.Choices is > 1)
            notes.Refuse("n", "the upstream gives one answer");
        if (!request.LogitBias.IsEmpty)
            notes.Drop("logit_bias", "the upstream has no such parameter");
        if (request.Logprobs is true)
            notes.Drop("logprobs", "the upstream reports none");
        if (request.UserId is not null)
            notes.Drop("user", "the upstream has no such parameter");
    }

    private static ModelRequest Apply(ModelRequest request, string name, JsonElement value, ReadOnlyMemory<byte> body, TranslationNotes notes)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return request;
        switch (name)
        {
            case "text_input":
                return request with { Messages = [new Message(MessageRole.User, [new ContentPart.Text(value.Text())])] };
            case "max_tokens":
                return request with { MaxOutputTokens = value.Whole() };
            case "temperature":
                return request with { Temperature = value.ToRaw(body) };
            case "top_p":
                return request with { TopP = value.ToRaw(body) };
            case "top_k":
                return request with { TopK = value.ToRaw(body) };
            case "random_seed" or "seed":
                return request with { Seed = value.ToRaw(body) };
            case "frequency_penalty":
                return request with { FrequencyPenalty = value.ToRaw(body) };
            case "presence_penalty":
                return request with { PresencePenalty = value.ToRaw(body) };
            case "stop_words" or "stop":
                return request with { StopSequences = ReadStop(value) };
            case "exclude_input_in_output" when value.Flag() is false:
                notes.Refuse(name, "the prompt cannot be repeated by other providers");
                return request;
            case "stream" or "exclude_input_in_output": // The path decides the first; the second is how answers are here.
                return request;
            default:
                notes.Drop(name, "only Triton's backends have this parameter");
                return request;
        }
    }

    private static List<string> ReadStop(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.Text().Length > 0 ? [value.Text()]
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.Text()).Where(s => s.Length > 0)] : [];
}
