using System.Text;
using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.AnthropicMessages;

/// <summary>The block types an answer to a client is made of.</summary>
internal enum AnswerBlockKind { Text, Thinking, RedactedThinking, ToolUse }

/// <summary>
/// One content block on its way to a client. Rules: a refusal is text (older clients know no other place);
/// thinking of any vendor is a thinking block, its signature under <see cref="SignatureEnvelope"/>.
/// </summary>
internal sealed class AnswerBlock(AnswerBlockKind kind, bool isRefusal = false, string id = "", string name = "")
{
    public AnswerBlockKind Kind => kind;
    public bool IsRefusal => isRefusal;

    /// <summary>Text, thinking or argument JSON so far.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>Sealed signature, or data of a redacted block.</summary>
    public string Signature { get; set; } = "";

    public List<RawJson> Citations { get; } = [];

    /// <summary>No more will come.</summary>
    public bool IsStopped { get; set; }

    public static AnswerBlock For(BlockKind kind) => kind switch
    {
        BlockKind.Thinking => new AnswerBlock(AnswerBlockKind.Thinking),
        BlockKind.RedactedThinking => new AnswerBlock(AnswerBlockKind.RedactedThinking),
        BlockKind.Refusal => new AnswerBlock(AnswerBlockKind.Text, isRefusal: true),
        _ => new AnswerBlock(AnswerBlockKind.Text),
    };

    /// <summary>The block as <c>content_block_start</c> shows it: empty, except for redacted data, which has no delta.</summary>
    public void WriteOpening(Utf8JsonWriter json)
    {
        switch (kind)
        {
            case AnswerBlockKind.ToolUse:
                BeginTool(json);
                json.WriteStartObject("input"u8);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case AnswerBlockKind.Thinking:
                WriteThinking(json, "", "");
                break;
            case AnswerBlockKind.RedactedThinking:
                WriteWhole(json);
                break;
            default:
                Begin(json, "text"u8);
                json.WriteString("text"u8, ""u8);
                json.WriteEndObject();
                break;
        }
    }

    /// <summary>The block with all its content.</summary>
    public void WriteWhole(Utf8JsonWriter json)
    {
        switch (kind)
        {
            case AnswerBlockKind.ToolUse:
                BeginTool(json);
                ToolInput.Write(json, Text.ToString());
                json.WriteEndObject();
                break;
            case AnswerBlockKind.Thinking:
                WriteThinking(json, Text.ToString(), Signature.Length > 0 ? Signature : SignatureEnvelope.Unsigned);
                break;
            case AnswerBlockKind.RedactedThinking:
                Begin(json, "redacted_thinking"u8);
                json.WriteString("data"u8, Signature);
                json.WriteEndObject();
                break;
            default:
                Begin(json, "text"u8);
                json.WriteString("text"u8, Text.ToString());
                WriteCitations(json);
                json.WriteEndObject();
                break;
        }
    }

    private void BeginTool(Utf8JsonWriter json)
    {
        Begin(json, "tool_use"u8);
        json.WriteString("id"u8, id);
        json.WriteString("name"u8, name);
    }

    private static void WriteThinking(Utf8JsonWriter json, string text, string signature)
    {
        Begin(json, "thinking"u8);
        json.WriteString("thinking"u8, text);
        json.WriteString("signature"u8, signature);
        json.WriteEndObject();
    }

    private void WriteCitations(Utf8JsonWriter json)
    {
        if (Citations.Count == 0)
            return;
        json.WriteStartArray("citations"u8);
        foreach (RawJson citation in Citations)
            json.WriteRaw(citation);
        json.WriteEndArray();
    }

    private static void Begin(Utf8JsonWriter json, ReadOnlySpan<byte> type)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
    }
}
