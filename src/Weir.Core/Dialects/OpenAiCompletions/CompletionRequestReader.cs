using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiCompletions;

/// <summary>A completion request as canon: the prompt is one user message. Every member is mapped, or noted as dropped or refused.</summary>
internal sealed class CompletionRequestReader(ReadOnlyMemory<byte> body, TranslationNotes notes, string? modelInPath)
{
    // The API's own default; without it an answer would be as long as a conversation's.
    private const int DefaultMaxTokens = 16;
    private const string EmptyPrompt = "an empty prompt can be continued by a completion upstream only";

    private bool _hasPrompt;

    public ModelRequest Read()
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = StrictJson.DefaultMaxDepth + 1 });
        var request = new ModelRequest { Model = "" };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                request = Apply(request, member.Name, member.Value);
        }

        if (!_hasPrompt)
            notes.Refuse("prompt", EmptyPrompt);
        if (request.MaxOutputTokens is null)
            notes.Adapt("max_tokens", "not sent: this API's default of 16");
        return request with { Model = modelInPath ?? request.Model, MaxOutputTokens = request.MaxOutputTokens ?? DefaultMaxTokens };
    }

    private ModelRequest Apply(ModelRequest request, string name, JsonElement value)
    {
        switch (name)
        {
            case "model":
                return request with { Model = value.Text() };
            case "prompt":
                _hasPrompt = true;
                return ReadPrompt(value) is { Length: > 0 } prompt
                    ? request with { Messages = [new Message(MessageRole.User, [new ContentPart.Text(prompt)])] } : request;
            case "stream":
                return request with { Stream = value.Flag() ?? false };
            case "stream_options":
                foreach (var option in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
                {
                    if (option.Name != "include_usage") // Heeded by the answer's writer.
                        notes.Drop($"stream_options.{option.Name}", "only OpenAI's API has this parameter");
                }

                return request;
            case "max_tokens":
                if (value.Whole() is < 0)
                    notes.Refuse(name, "it is less than nothing");
                return request with { MaxOutputTokens = value.Whole() };
            case "temperature":
                return request with { Temperature = value.ToRaw(body) };
            case "top_p":
                return request with { TopP = value.ToRaw(body) };
            case "seed":
                return request with { Seed = value.ToRaw(body) };
            case "frequency_penalty":
                return request with { FrequencyPenalty = value.ToRaw(body) };
            case "presence_penalty":
                return request with { PresencePenalty = value.ToRaw(body) };
            case "logit_bias":
                return request with { LogitBias = value.ToRaw(body) };
            case "n":
                return request with { Choices = (int?)value.Whole() };
            case "stop":
                return request with { StopSequences = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.Text())] : [value.Text()] };
            case "logprobs":
                return request with { Logprobs = true, TopLogprobs = (int?)value.Whole() };
            case "user":
                return request with { UserId = value.Text() };
            default:
                NoteRest(name, value);
                return request;
        }
    }

    private void NoteRest(string name, JsonElement value)
    {
        var changesAnswer = name switch
        {
            "suffix" => value.Text().Length > 0,
            "echo" => value.Flag() is true,
            "best_of" => value.Whole() is > 1,
            _ => false,
        };
        if (changesAnswer)
            notes.Refuse(name, "only a completion upstream can do this");
        else if (name is not ("suffix" or "echo" or "best_of"))
            notes.Drop(name, "only OpenAI's Completions API has this parameter");
    }

    private string ReadPrompt(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1 && value[0].ValueKind == JsonValueKind.String)
            value = value[0];
        if (value.ValueKind != JsonValueKind.String)
            notes.Refuse("prompt", "several prompts, and prompts of token ids, go to a completion upstream only");
        else if (value.Text().Length == 0)
            notes.Refuse("prompt", EmptyPrompt);
        return value.Text();
    }
}
