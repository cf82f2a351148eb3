using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>A chat request as canon. Every member is mapped, or noted as dropped or refused; null means "not sent".</summary>
internal sealed class ChatRequestReader(ReadOnlyMemory<byte> body, TranslationNotes notes, CallHead head = default)
{
    private const string NoCounterpart = "only the OpenAI chat API has this parameter";

    private readonly List<ToolSpec> _tools = [];
    private ToolChoice? _toolChoice;
    private HashSet<string>? _allowed;
    private long? _maxTokens, _maxCompletionTokens;
    private string? _user, _safetyIdentifier;
    private ReasoningSettings? _reasoning;
    private bool _hasTools, _hasFunctions;

    public ModelRequest Read()
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = StrictJson.DefaultMaxDepth + 1 });
        var request = new ModelRequest { Model = head.Model ?? "" };
        if (head.Operation == Operation.Completion)
            notes.Refuse("suffix", "filling in the middle is something only Mistral's own API does");
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                request = Apply(request, member.Name, member.Value);
        }

        return request with
        {
            Tools = _allowed is null ? _tools : _tools.FindAll(t => _allowed.Contains(t.Name)),
            // The older form has no way to answer two calls at once.
            ParallelToolCalls = _hasFunctions && !_hasTools ? false : request.ParallelToolCalls,
            ToolChoice = _toolChoice,
            MaxOutputTokens = _maxCompletionTokens ?? _maxTokens,
            Reasoning = _reasoning,
            UserId = _safetyIdentifier ?? _user,
        };
    }

    private ModelRequest Apply(ModelRequest request, string name, JsonElement value)
    {
        switch (name)
        {
            case "model":
                return head.Model is null ? request with { Model = value.GetString()! } : request;
            case "messages":
                return request with { Messages = new ChatMessageReader(body, notes).ReadAll(value) };
            case "stream":
                return request with { Stream = value.ValueKind == JsonValueKind.True };
            case "stream_options":
                foreach (var option in value.EnumerateObject())
                {
                    if (option.Name != "include_usage") // Heeded by the answer's writer.
                        notes.Drop($"stream_options.{option.Name}", NoCounterpart);
                }

                return request;
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
            case "presence_penalty":
                return request with { PresencePenalty = value.ToRaw(body) };
            case "logit_bias":
                return request with { LogitBias = value.ToRaw(body) };
            case "logprobs":
                return request with { Logprobs = Expect(name, value, value.ValueKind is JsonValueKind.True or JsonValueKind.False) && value.GetBoolean() };
            case "top_logprobs":
                return request with { TopLogprobs = Expect(name, value, Whole(value) is not null) ? (int?)Whole(value) : null };
            case "n":
                return request with { Choices = (int?)Whole(value) };
            case "stop":
                return request with { StopSequences = ReadStop(value) };
            case "parallel_tool_calls":
                return request with { ParallelToolCalls = Expect(name, value, value.ValueKind is JsonValueKind.True or JsonValueKind.False) ? value.GetBoolean() : null };
            case "response_format":
                return request with { ResponseFormat = ReadFormat(value) };
            case "verbosity":
                return request with { Verbosity = Word(name, value) };
            case "service_tier":
                return request with { ServiceTier = Word(name, value) };
            default:
                ApplyRest(name, value);
                return request;
        }
    }

    private void ApplyRest(string name, JsonElement value)
    {
        switch (name)
        {
            case "max_tokens":
                _maxTokens = Whole(value);
                break;
            case "max_completion_tokens":
                _maxCompletionTokens = Whole(value);
                break;
            case "user":
                _user = Word(name, value);
                break;
            case "safety_identifier":
                _safetyIdentifier = Word(name, value);
                break;
            case "reasoning_effort":
                _reasoning = (_reasoning ?? new(null, null, null)) with { Effort = Word(name, value) };
                break;
            case "reasoning" or "thinking":
                _reasoning = ChatReasoningSettings.Read(name, value, _reasoning, notes);
                break;
            case "tools" or "functions":
                ChatToolReader.ReadTools(name, value, body, _tools, notes);
                _hasTools |= name == "tools" && _tools.Count > 0;
                _hasFunctions |= name == "functions" && _tools.Count > 0;
                break;
            case "tool_choice" or "function_call":
                _toolChoice = ChatToolReader.ReadChoice(name, value, notes);
                _allowed = ChatToolReader.ReadAllowed(value);
                break;
            case "modalities":
                foreach (var modality in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
                {
                    if (modality.ValueKind != JsonValueKind.String || modality.GetString() != "text")
                        notes.Refuse(name, "only text answers can be translated");
                }

                break;
            case "moderation":
                ModerationWish.Note(value, notes, NoCounterpart);
                break;
            case "web_search_options":
                notes.Refuse(name, "the upstream cannot be asked to search the web in this way");
                break;
            default:
                // audio, prediction, store, metadata, prompt_cache_*, and whatever comes next.
                notes.Drop(name, NoCounterpart);
                break;
        }
    }

    private List<string> ReadStop(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return [value.GetString()!];
        List<string> stops = [];
        if (!Expect("stop", value, value.ValueKind == JsonValueKind.Array))
            return stops;
        foreach (var stop in value.EnumerateArray())
        {
            if (stop.ValueKind == JsonValueKind.String)
                stops.Add(stop.GetString()!);
            else
                notes.Refuse("stop", "must be a string or an array of strings");
        }

        return stops;
    }

    private ResponseFormat? ReadFormat(JsonElement value)
    {
        var type = value.Text("type"u8);
        if (type == "text")
            return new ResponseFormat(ResponseFormatKind.Text);
        if (type == "json_object")
            return new ResponseFormat(ResponseFormatKind.JsonObject);
        if (type != "json_schema" || !value.TryGetProperty("json_schema"u8, out var named) || named.ValueKind != JsonValueKind.Object)
        {
            notes.Refuse("response_format", "its type is not text, json_object or json_schema");
            return null;
        }

        var schema = named.TryGetProperty("schema"u8, out var s) && s.ValueKind != JsonValueKind.Null ? s.ToRaw(body) : default;
        bool? strict = named.TryGetProperty("strict"u8, out var f) && f.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? f.GetBoolean() : null;
        return new ResponseFormat(ResponseFormatKind.JsonSchema, named.Text("name"u8), schema, strict, named.Text("description"u8));
    }

    private string? Word(string name, JsonElement value) =>
        Expect(name, value, value.ValueKind == JsonValueKind.String) ? value.GetString() : null;

    private bool Expect(string name, JsonElement value, bool holds)
    {
        if (!holds)
            notes.Refuse(name, $"a {value.ValueKind} is not what belongs here");
        return holds;
    }

    private static long? Whole(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
