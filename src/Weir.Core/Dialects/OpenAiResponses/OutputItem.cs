using System.Text;
using System.Text.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>The item types an answer to a client is made of.</summary>
internal enum OutputItemKind { Message, Reasoning, FunctionCall, CustomCall }

/// <summary>One item of <c>output</c> on its way to a client.</summary>
internal sealed class OutputItem(OutputItemKind kind, string id, int index)
{
    public OutputItemKind Kind => kind;
    public string Id => id;

    /// <summary>Place in <c>output</c>.</summary>
    public int Index => index;

    /// <summary>Of a message.</summary>
    public List<OutputPart> Parts { get; } = [];

    /// <summary>Of a call.</summary>
    public string CallId { get; init; } = "";
    public ToolOrigin Tool { get; init; }

    /// <summary>Reasoning text, or a call's arguments (of a freeform call: as JSON, see <see cref="FreeformInput"/>).</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>What stands in <c>encrypted_content</c>, or null.</summary>
    public string? Encrypted { get; set; }
    public bool IsRedacted { get; init; }
    public bool IsDone { get; set; }

    /// <summary>The answer was cut off within this item.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>The item as it stands; without content while it is not done.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, id);
        switch (kind)
        {
            case OutputItemKind.Message:
                json.WriteString("type"u8, "message"u8);
                WriteStatus(json);
                json.WriteStartArray("content"u8);
                foreach (var part in IsDone ? Parts : [])
                    part.Write(json);
                json.WriteEndArray();
                json.WriteString("role"u8, "assistant"u8);
                break;
            case OutputItemKind.Reasoning:
                json.WriteString("type"u8, "reasoning"u8);
                if (Encrypted is not null)
                    json.WriteString("encrypted_content"u8, Encrypted);
                json.WriteStartArray("summary"u8);
                if (IsDone && Text.Length > 0)
                    WriteSummary(json, Text.ToString());
                json.WriteEndArray();
                break;
            default:
                WriteCall(json);
                break;
        }

        json.WriteEndObject();
    }

    public static void WriteSummary(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "summary_text"u8);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }

    private void WriteCall(Utf8JsonWriter json)
    {
        var isCustom = kind == OutputItemKind.CustomCall;
        json.WriteString("type"u8, isCustom ? "custom_tool_call"u8 : "function_call"u8);
        WriteStatus(json);
        var text = IsDone ? Text.ToString() : "";
        if (isCustom)
            json.WriteString("input"u8, IsDone ? FreeformInput.FromArguments(text) : "");
        else
            json.WriteString("arguments"u8, text);
        json.WriteString("call_id"u8, CallId);
        json.WriteString("name"u8, Tool.Name);
        if (Tool.Namespace is not null)
            json.WriteString("namespace"u8, Tool.Namespace);
    }

    private void WriteStatus(Utf8JsonWriter json) =>
        json.WriteString("status"u8, !IsDone ? "in_progress"u8 : IsIncomplete ? "incomplete"u8 : "completed"u8);
}
