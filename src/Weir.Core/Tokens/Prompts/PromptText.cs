using System.Text;
using Weir.Core.Canon;

namespace Weir.Core.Tokens.Prompts;

/// <summary>UTF-8 bytes of a prompt's text, as the dialects measure it in the bodies they read: what ratios are learnt by.</summary>
internal static class PromptText
{
    public static long Bytes(ModelRequest request) =>
        request.Messages.Sum(m => m.Content.Sum(Bytes)) + request.Tools.Sum(Bytes) + (request.ResponseFormat?.Schema.Utf8.Length ?? 0);

    private static long Bytes(ContentPart part) => part switch
    {
        ContentPart.Text text => Bytes(text.Value),
        ContentPart.Refusal refusal => Bytes(refusal.Value),
        ContentPart.ToolCall call => Bytes(call.Name) + Bytes(call.ArgumentsJson),
        ContentPart.ToolResult result => result.Content.Sum(Bytes),
        ContentPart.Document { PlainText: { } text } => Bytes(text),
        ContentPart.Thinking thinking => Bytes(thinking.Value),
        _ => 0,
    };

    private static long Bytes(ToolSpec tool) => Bytes(tool.Name) + Bytes(tool.Description) + tool.ParametersSchema.Utf8.Length;

    private static long Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
