using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OllamaChat;

/// <summary>A chat or generate request as canon. Every member is mapped, or noted as dropped or refused; null and empty mean "not sent".</summary>
internal sealed class OllamaRequestReader(ReadOnlyMemory<byte> body, TranslationNotes notes, Operation operation)
{
    private readonly List<ContentPart> _user = [];
    private readonly List<Message> _messages = [];
    private string? _system;

    public ModelRequest Read()
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = StrictJson.DefaultMaxDepth + 1 });
        // Ollama streams unless told otherwise.
        var request = new ModelRequest { Model = "", Stream = true };
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                request = Apply(request, member.Name, member.Value);
        }

        if (operation == Operation.Completion)
            AddPrompt();
        if (!_messages.Exists(m => m.Role != MessageRole.System))
            notes.Refuse(operation == Operation.Completion ? "prompt" : "messages", "there is nothing to answer; loading a model is something only Ollama can be asked for");
        return request with { Messages = _messages };
    }

    private ModelRequest Apply(ModelRequest request, string name, JsonElement value)
    {
        switch (name)
        {
            case "model":
                return request with { Model = value.Text() };
            case "messages" when operation == Operation.Chat:
                _messages.AddRange(new OllamaMessageReader(body, notes).ReadAll(value));
                return request;
            case "prompt" when operation == Operation.Completion:
                if (value.Text() is { Length: > 0 } prompt)
                    _user.Insert(0, new ContentPart.Text(prompt));
                return request;
            case "system" when operation == Operation.Completion:
                _system = value.Text();
                return request;
            case "images" when operation == Operation.Completion:
                _user.AddRange(OllamaImages.Read(value, "images", notes));
                return request;
            case "stream":
                return request with { Stream = value.Flag() ?? true };
            case "tools":
                return request with { Tools = ReadTools(value) };
            case "format":
                return request with { ResponseFormat = ReadFormat(value) };
            case "think":
                return request with { Reasoning = ReadThink(value) };
            case "options":
                return OllamaOptions.Read(request, value, body, notes);
            case "logprobs":
                return request with { Logprobs = value.Flag() };
            case "top_logprobs":
                return request with { TopLogprobs = (int?)value.Whole() };
            default:
                NoteRest(name, value);
                return request;
        }
    }

    private void AddPrompt()
    {
        if (!string.IsNullOrEmpty(_system))
            _messages.Add(new Message(MessageRole.System, [new ContentPart.Text(_system)]));
        if (_user.Count > 0)
            _messages.Add(new Message(MessageRole.User, _user));
    }

    private void NoteRest(string name, JsonElement value)
    {
        var isEmpty = value.ValueKind switch
        {
            JsonValueKind.String => value.Text().Length == 0,
            JsonValueKind.Array => value.GetArrayLength() == 0,
            JsonValueKind.False => true,
            _ => false,
        };
        if (isEmpty)
            return;
        if (name is "suffix" or "context" or "raw" or "template")
            notes.Refuse(name, "it changes what is asked, and only Ollama knows it");
        else if (name is "width" or "height" or "steps")
            notes.Refuse(name, "a translated answer is text, not a picture");
        else
            notes.Drop(name, "only Ollama's API has this parameter");
    }

    private List<ToolSpec> ReadTools(JsonElement value)
    {
        List<ToolSpec> tools = [];
        var i = 0;
        foreach (var tool in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : default)
        {
            var function = tool.Object("function"u8) ?? default;
            if (function.Text("name"u8) is { Length: > 0 } name)
                tools.Add(new ToolSpec(name, function.Text("description"u8), function.Object("parameters"u8)?.ToRaw(body) ?? default, null));
            else
                notes.Refuse($"tools[{i}]", "only function tools can be translated");
            i++;
        }

        return tools;
    }

    private ResponseFormat? ReadFormat(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
            return new ResponseFormat(ResponseFormatKind.JsonSchema, null, value.ToRaw(body));
        var word = value.Text();
        if (word.Length == 0 && value.ValueKind == JsonValueKind.String)
            return null;
        if (word == "json")
            return new ResponseFormat(ResponseFormatKind.JsonObject);
        notes.Refuse("format", "it is neither \"json\" nor a JSON schema");
        return null;
    }

    private ReasoningSettings? ReadThink(JsonElement value)
    {
        if (value.Flag() is { } on)
            return new ReasoningSettings(on, on ? null : "none", null);
        if (value.Text() is { Length: > 0 } level)
            return new ReasoningSettings(true, level, null);
        notes.Refuse("think", "it is neither true, false nor a level");
        return null;
    }
}
