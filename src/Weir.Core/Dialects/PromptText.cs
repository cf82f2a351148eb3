using System.Text;
using Weir.Core.Canon;

namespace Weir.Core.Dialects;

/// <summary>
/// A conversation as one text, for upstreams that only continue a text. A single question goes as it is; anything longer
/// becomes a transcript that ends where the answer begins.
/// </summary>
internal static class PromptText
{
    private const string TextOnly = "the upstream continues a text: it has no tools, media or formats";

    /// <summary>Refuses what a text cannot carry, and notes the rest of what is lost.</summary>
    /// <param name="request">The conversation.</param>
    /// <param name="notes">What becomes of it.</param>
    /// <param name="takesSchemas">The upstream can be held to a JSON schema.</param>
    public static string Of(ModelRequest request, TranslationNotes notes, bool takesSchemas = false)
    {
        if (request.Tools.Count > 0 && request.ToolChoice is not { Mode: ToolChoiceMode.None })
            notes.Refuse("tools", TextOnly);
        else if (request.Tools.Count > 0)
            notes.Adapt("tools", "they are not offered, as the client wants none called");
        if (request.ResponseFormat is { Kind: not ResponseFormatKind.Text } format && !(takesSchemas && format is { Kind: ResponseFormatKind.JsonSchema, Schema.IsEmpty: false }))
            notes.Refuse("response_format", TextOnly);
        if (request.Reasoning is { Enabled: not false } and not { Effort: "none" })
            notes.Drop("reasoning", "the upstream cannot be told to reason");
        if (request.ParallelToolCalls is not null)
            notes.Drop("parallel_tool_calls", TextOnly);
        if (request.Verbosity is not null)
            notes.Drop("verbosity", "the upstream has no such parameter");
        if (request.ServiceTier is not null)
            notes.Drop("service_tier", "the upstream has no such parameter");
        if (request.Messages is [{ Role: MessageRole.User } only])
            return TextOf(only, notes);

        notes.Adapt("messages", "the conversation became one text with a label before each turn");
        var text = new StringBuilder();
        foreach (var message in request.Messages)
        {
            text.Append(message.Role switch
            {
                MessageRole.System or MessageRole.Developer => "System: ",
                MessageRole.Assistant => "Assistant: ",
                MessageRole.Tool => "Tool: ",
                _ => "User: ",
            }).Append(TextOf(message, notes)).Append("\n\n");
        }

        return text.Append("Assistant:").ToString();
    }

    private static string TextOf(Message message, TranslationNotes notes)
    {
        var text = new StringBuilder();
        if (message.Name is not null)
            notes.Drop("messages.name", TextOnly);
        foreach (var part in message.Content)
        {
            if (!part.CacheControl.IsEmpty)
                notes.Drop("messages.cache_control", "the upstream caches prompts on its own");
            switch (part)
            {
                case ContentPart.Text plain:
                    text.Append(plain.Value);
                    break;
                case ContentPart.Refusal refusal:
                    text.Append(refusal.Value);
                    break;
                case ContentPart.Document document when document.AsText() is { } words:
                    notes.Adapt("messages", "a text document became text");
                    text.Append(words);
                    break;
                case ContentPart.Thinking or ContentPart.RedactedThinking:
                    notes.Drop("messages.thinking", "reasoning goes back only to the vendor it came from");
                    break;
                default:
                    notes.Refuse("messages", TextOnly);
                    break;
            }
        }

        return text.ToString();
    }
}
