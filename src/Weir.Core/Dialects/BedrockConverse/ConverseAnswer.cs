using System.Text;
using System.Text.Json;
using Weir.Core.Canon;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>What one block of an answer holds, for clients.</summary>
internal sealed class ConverseAnswer
{
    private ConverseAnswer(string kind) => Kind = kind;

    /// <summary><c>text</c>, <c>toolUse</c>, <c>thinking</c> or <c>redacted</c>.</summary>
    public string Kind { get; }

    public string Id { get; private init; } = "";
    public string Name { get; private init; } = "";
    public StringBuilder Text { get; } = new();
    public string Signature { get; set; } = "";

    /// <summary>No more will come.</summary>
    public bool IsStopped { get; set; }

    public static ConverseAnswer Call(string id, string name) => new("toolUse") { Id = id, Name = name };

    public static ConverseAnswer Of(BlockKind kind) => new(kind switch
    {
        BlockKind.Thinking => "thinking",
        BlockKind.RedactedThinking => "redacted",
        _ => "text",
    });

    /// <summary>The whole block.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        switch (Kind)
        {
            case "toolUse":
                json.WriteStartObject("toolUse"u8);
                json.WriteString("toolUseId"u8, Id);
                json.WriteString("name"u8, Name);
                ToolArguments.Write(json, Text.ToString());
                json.WriteEndObject();
                break;
            case "thinking":
                json.WriteStartObject("reasoningContent"u8);
                json.WriteStartObject("reasoningText"u8);
                json.WriteString("text"u8, Text.ToString());
                if (Signature.Length > 0)
                    json.WriteString("signature"u8, Signature);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case "redacted":
                json.WriteStartObject("reasoningContent"u8);
                json.WriteString("redactedContent"u8, Signature);
                json.WriteEndObject();
                break;
            default:
                json.WriteString("text"u8, Text.ToString());
                break;
        }
        json.WriteEndObject();
    }
}
