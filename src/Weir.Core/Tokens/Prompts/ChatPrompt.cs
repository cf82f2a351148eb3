using Weir.Core.Canon;
using Weir.Core.Tokens.BytePair;

namespace Weir.Core.Tokens.Prompts;

/// <summary>
/// Tokens of a chat prompt by OpenAI's rules. Text alone agrees with the usage that was billed to the token; tools, answer
/// schemas and media are close (docs/guides/token-counting.md has the distribution).
/// </summary>
internal sealed class ChatPrompt(Tokenizer tokenizer, string model)
{
    private const int Role = 1;
    private readonly ChatFraming _framing = ChatFraming.Of(model);

    /// <summary>All of it.</summary>
    public long Count(ModelRequest request) => CountText(request) + ImageTokens.OfAll(model, request);

    /// <summary>All but images, audio and documents.</summary>
    public long CountText(ModelRequest request)
    {
        long sum = _framing.Reply;
        var system = request.Messages.FirstOrDefault(m => m.Role is MessageRole.System or MessageRole.Developer);
        foreach (var message in request.Messages)
            sum += OfMessage(message, closesWithTools: request.Tools.Count > 0 && ReferenceEquals(message, system));
        if (request.Tools.Count > 0)
            sum += OfTools(request.Tools) + _framing.Tools - (system is null ? 0 : ChatFraming.ToolsShareSystem);
        sum += request.ToolChoice switch
        {
            { Mode: ToolChoiceMode.Named, Name: { } name } => tokenizer.Count(name) + ChatFraming.NamedChoice,
            { Mode: ToolChoiceMode.None } => 1,
            _ => 0,
        };
        if (request.ResponseFormat is { Kind: ResponseFormatKind.JsonSchema } format)
        {
            sum += tokenizer.Count(CompactJson.Of(format.Schema)) + tokenizer.Count(format.Name) + tokenizer.Count(format.Description)
                + (system is null ? _framing.Message + Role : 0);
        }

        return sum;
    }

    private long OfTools(IReadOnlyList<ToolSpec> tools) => _framing.ToolsAsJson
        ? tools.Sum(t => tokenizer.Count(t.Name) + tokenizer.Count(t.Description) + tokenizer.Count(CompactJson.Of(t.ParametersSchema)))
        : tokenizer.Count(ToolDeclarations.Render(tools));

    private long OfMessage(Message message, bool closesWithTools)
    {
        long sum = 0;
        var calls = 0;
        // A dialect may put several results into one message; here each is a message of its own.
        var isOwnMessage = message.Content.Count == 0;
        foreach (var part in message.Content)
        {
            isOwnMessage |= part is not ContentPart.ToolResult;
            calls += part is ContentPart.ToolCall ? 1 : 0;
            sum += OfPart(part);
        }

        if (calls > 1)
            sum += calls * ChatFraming.ParallelToolCall;
        // The declarations follow the system prompt behind a line break.
        if (closesWithTools && message.Content is [.., ContentPart.Text last])
            sum += tokenizer.Count(last.Value + "\n") - tokenizer.Count(last.Value);
        if (message.Name is { } name)
            sum += tokenizer.Count(name) + ChatFraming.Name;
        if (isOwnMessage)
            sum += _framing.Message + Role;
        return message.Role == MessageRole.Assistant ? sum + _framing.PastReply : sum;
    }

    private long OfPart(ContentPart part) => part switch
    {
        ContentPart.Text text => tokenizer.Count(text.Value),
        ContentPart.Refusal refusal => tokenizer.Count(refusal.Value),
        ContentPart.ToolCall call => tokenizer.Count(call.Name) + tokenizer.Count(call.ArgumentsJson) + ChatFraming.ToolCall,
        ContentPart.ToolResult result => _framing.Message + Role + result.Content.Sum(OfPart),
        ContentPart.Document { PlainText: { } text } document => tokenizer.Count(text) + tokenizer.Count(document.Title),
        // Reasoning of earlier turns is not read again; media are counted apart.
        _ => 0,
    };
}
