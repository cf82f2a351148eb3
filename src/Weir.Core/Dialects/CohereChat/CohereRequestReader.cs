using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.CohereChat;

/// <summary>A chat request as canon. Every member is mapped, or noted as dropped or refused; null means "not sent".</summary>
internal sealed class CohereRequestReader(ReadOnlyMemory<byte> body, TranslationNotes notes)
{
    private List<Message> _messages = [];
    private List<ContentPart> _documents = [];
    private bool? _strictTools;

    public ModelRequest Read()
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = StrictJson.DefaultMaxDepth + 1 });
        var request = new ModelRequest { Model = "" };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                request = Apply(request, member.Name, member.Value);
        }

        return request with
        {
            Messages = WithDocuments(),
            Tools = _strictTools is null ? request.Tools : [.. request.Tools.Select(t => t with { Strict = _strictTools })],
        };
    }

    private ModelRequest Apply(ModelRequest request, string name, JsonElement value)
    {
        var raw = value.ToRaw(body);
        switch (name)
        {
            case "model":
                return request with { Model = value.Text() };
            case "messages":
                _messages = new CohereMessageReader(body, notes).ReadAll(value);
                return request;
            case "stream":
                return request with { Stream = value.Flag() ?? false };
            case "max_tokens":
                return request with { MaxOutputTokens = value.Whole() };
            case "temperature":
                return request with { Temperature = raw };
            case "p":
                return request with { TopP = raw };
            case "k":
                return request with { TopK = raw };
            case "seed":
                return request with { Seed = raw };
            case "frequency_penalty":
                return request with { FrequencyPenalty = raw };
            case "presence_penalty":
                return request with { PresencePenalty = raw };
            case "stop_sequences":
                return request with { StopSequences = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.Text())] : [] };
            case "tools":
                return request with { Tools = ReadTools(value) };
            case "tool_choice":
                return request with { ToolChoice = ReadChoice(value) };
            case "response_format":
                return request with { ResponseFormat = ReadFormat(value) };
            case "thinking":
                return request with { Reasoning = ReadThinking(value) };
            case "strict_tools":
                _strictTools = value.Flag();
                return request;
            case "documents":
                _documents = CohereDocuments.Read(value);
                if (_documents.Count > 0)
                    notes.Adapt("documents", "they became documents of the last user message; there will be no citations");
                return request;
            default:
                // citation_options, safety_mode, logprobs (of another shape everywhere else), priority, and whatever comes next.
                notes.Drop(name, "only Cohere's API has this parameter");
                return request;
        }
    }

    private List<Message> WithDocuments()
    {
        var last = _documents.Count == 0 ? -1 : _messages.FindLastIndex(m => m.Role == MessageRole.User);
        if (last >= 0)
            _messages[last] = _messages[last] with { Content = [.. _documents, .. _messages[last].Content] };
        return _messages;
    }

    private List<ToolSpec> ReadTools(JsonElement value)
    {
        List<ToolSpec> tools = [];
        foreach (var tool in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
        {
            var function = tool.Object("function"u8) ?? default;
            if (function.Text("name"u8) is { Length: > 0 } name)
                tools.Add(new ToolSpec(name, function.Text("description"u8), function.Object("parameters"u8)?.ToRaw(body) ?? default, null));
            else
                notes.Refuse("tools", "only function tools can be translated");
        }

        return tools;
    }

    private ToolChoice? ReadChoice(JsonElement value)
    {
        switch (value.Text())
        {
            case "REQUIRED":
                return new ToolChoice(ToolChoiceMode.Required);
            case "NONE":
                return new ToolChoice(ToolChoiceMode.None);
            default:
                notes.Refuse("tool_choice", "it is neither REQUIRED nor NONE");
                return null;
        }
    }

    private ResponseFormat? ReadFormat(JsonElement value)
    {
        switch (value.Text("type"u8))
        {
            case "text":
                return new ResponseFormat(ResponseFormatKind.Text);
            case "json_object":
                var schema = value.Object("json_schema"u8) ?? value.Object("schema"u8);
                return schema is { } given ? new ResponseFormat(ResponseFormatKind.JsonSchema, null, given.ToRaw(body)) : new ResponseFormat(ResponseFormatKind.JsonObject);
            default:
                notes.Refuse("response_format", "its type is neither text nor json_object");
                return null;
        }
    }

    private ReasoningSettings? ReadThinking(JsonElement value)
    {
        switch (value.Text("type"u8))
        {
            case "enabled":
                return new ReasoningSettings(true, null, value.Whole("token_budget"u8));
            case "disabled":
                return new ReasoningSettings(false, "none", null);
            default:
                notes.Refuse("thinking", "its type is neither enabled nor disabled");
                return null;
        }
    }
}
