using Weir.Core.Canon;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>One turn of an Anthropic conversation being built: consecutive messages of one side.</summary>
internal sealed class Turn(bool isAssistant)
{
    public bool IsAssistant => isAssistant;

    /// <summary>Parts with their place in the client's body, for notes.</summary>
    public List<(ContentPart Part, string Path)> Parts { get; } = [];

    public bool HasToolCall => Parts.Exists(p => p.Part is ContentPart.ToolCall);
    public bool HasToolResult => Parts.Exists(p => p.Part is ContentPart.ToolResult);
    public bool BeginsWithThinking => Parts.Count > 0 && Parts[0].Part is ContentPart.Thinking or ContentPart.RedactedThinking;
}
