using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>A Responses request as canon. Every member is mapped, or noted as dropped or refused; null means "not sent".</summary>
internal sealed class ResponsesRequestReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    private const string NoCounterpart = "only the OpenAI Responses API has this parameter";

    private readonly ResponsesToolReader _tools = new(body, notes);
    private string? _instructions, _user, _safetyIdentifier;
    private List<Message> _messages = [];

    public ModelRequest Read()
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = StrictJson.DefaultMaxDepth + 1 });
        var request = new ModelRequest { Model = "" };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                request = Apply(request, member.Name, member.Value);
        }

        if (_instructions is { Length: > 0 })
            _messages.Insert(0, new Message(MessageRole.System, [new ContentPart.Text(_instructions)]));
        if (_messages.Count == 0)
            notes.Refuse("input", "there is no input; stored prompts and conversations exist at OpenAI only");
        return request with
        {
            Messages = _messages,
            Tools = _tools.Offered(),
            ToolChoice = _tools.Choice,
            UserId = _safetyIdentifier ?? _user,
        };
    }

    private ModelRequest Apply(ModelRequest request, string name, JsonElement value)
    {
        switch (name)
        {
            case "model":
                return request with { Model = value.Text() };
            case "stream":
                return request with { Stream = value.ValueKind == JsonValueKind.True };
            case "temperature":
                return request with { Temperature = value.ToRaw(body) };
            case "top_p":
                return request with { TopP = value.ToRaw(body) };
            case "max_output_tokens":
                return request with { MaxOutputTokens = Whole(value) };
            case "top_logprobs":
                // The service's own answers show 0 as the default: it asks for nothing.
                return Whole(value) is { } top and > 0 ? request with { Logprobs = true, TopLogprobs = (int)top } : request;
            case "parallel_tool_calls":
                return request with { ParallelToolCalls = value.ValueKind == JsonValueKind.True };
            case "service_tier":
                return request with { ServiceTier = Word(name, value) };
            case "text":
                return ReadText(request, value);
            case "reasoning":
                return request with { Reasoning = ReadReasoning(value) };
            case "include":
                return ReadInclude(request, value);
            default:
                ApplyRest(name, value);
                return request;
        }
    }

    private void ApplyRest(string name, JsonElement value)
    {
        switch (name)
        {
            case "input":
                _messages = new InputReader(body, notes, _tools).Read(value);
                break;
            case "instructions":
                _instructions = Word(name, value);
                break;
            case "tools":
                _tools.Read(value);
                break;
            case "tool_choice":
                _tools.ReadChoice(value);
                break;
            case "user":
                _user = Word(name, value);
                break;
            case "safety_identifier":
                _safetyIdentifier = Word(name, value);
                break;
            case "metadata" or "store":
                break; // Repeated in the answer, which is Weir's to write; whether it is kept is not the upstream's matter.
            case "background" when value.ValueKind == JsonValueKind.True:
                notes.Refuse(name, "the provider cannot answer in the background");
                break;
            case "background":
                break;
            case "previous_response_id" or "conversation" or "prompt":
                notes.Refuse(name, "what it refers to is not kept here: it was not stored, has expired, or another provider keeps it");
                break;
            case "truncation" when value.ValueKind == JsonValueKind.String && value.ValueEquals("disabled"u8):
                break;
            case "stream_options":
                foreach (var option in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default)
                {
                    if (option.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False))
                        notes.Drop($"stream_options.{option.Name}", NoCounterpart);
                }

                break;
            case "moderation":
                ModerationWish.Note(value, notes, NoCounterpart);
                break;
            default:
                // max_tool_calls, context_management, prompt_cache_*, client_metadata, and whatever comes next.
                notes.Drop(name, NoCounterpart);
                break;
        }
    }

    private ModelRequest ReadText(ModelRequest request, JsonElement text)
    {
        foreach (var member in text.ValueKind == JsonValueKind.Object ? text.EnumerateObject() : default)
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                continue;
            request = member.Name switch
            {
                "format" => request with { ResponseFormat = ReadFormat(member.Value) },
                "verbosity" => request with { Verbosity = Word("text.verbosity", member.Value) },
                _ => Dropped(request, $"text.{member.Name}"),
            };
        }

        return request;
    }

    private ResponseFormat? ReadFormat(JsonElement format)
    {
        switch (format.Text("type"u8))
        {
            case "text":
                return new ResponseFormat(ResponseFormatKind.Text);
            case "json_object":
                return new ResponseFormat(ResponseFormatKind.JsonObject);
            case "json_schema" when format.Object("schema"u8) is { } schema:
                return new ResponseFormat(ResponseFormatKind.JsonSchema, format.Text("name"u8), schema.ToRaw(body),
                    format.Flag("strict"u8), format.Text("description"u8));
            default:
                notes.Refuse("text.format", "its type is not text, json_object or json_schema with a schema");
                return null;
        }
    }

    private ReasoningSettings? ReadReasoning(JsonElement reasoning)
    {
        string? effort = null;
        foreach (var member in reasoning.ValueKind == JsonValueKind.Object ? reasoning.EnumerateObject() : default)
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                continue;
            if (member.Name == "effort")
                effort = Word("reasoning.effort", member.Value);
            else if (member.Name is not ("summary" or "generate_summary")) // Reasoning that shows itself is shown anyway.
                notes.Drop($"reasoning.{member.Name}", NoCounterpart);
        }

        return effort is null ? null : new ReasoningSettings(null, effort, null);
    }

    private ModelRequest ReadInclude(ModelRequest request, JsonElement include)
    {
        foreach (var wanted in include.ValueKind == JsonValueKind.Array ? include.EnumerateArray() : default)
        {
            var word = wanted.ValueKind == JsonValueKind.String ? wanted.Text() : "";
            if (word == "message.output_text.logprobs")
                request = request with { Logprobs = true };
            else if (word != "reasoning.encrypted_content") // Always there.
                notes.Drop($"include.{word}", NoCounterpart);
        }

        return request;
    }

    private ModelRequest Dropped(ModelRequest request, string path)
    {
        notes.Drop(path, NoCounterpart);
        return request;
    }

    private string? Word(string path, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            return value.Text();
        notes.Refuse(path, $"a {value.ValueKind} is not what belongs here");
        return null;
    }

    private static long? Whole(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;
}
