namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>How far the reading of one output item has come.</summary>
internal sealed class AnswerItem(string type, string? id)
{
    public string Type => type;
    public string? Id => id;
    public bool IsCall { get; } = type is "function_call" or "custom_tool_call";

    /// <summary>Of a call or of reasoning; -1 while none is open.</summary>
    public int Block { get; set; } = -1;

    /// <summary>The content or summary part last heard of.</summary>
    public int LastPart { get; set; } = -1;
    public int Annotations { get; set; }
    public bool HasLogprobs { get; set; }
    public bool HasText { get; set; }

    /// <summary>Arguments that came only with the whole item.</summary>
    public string? Rest { get; set; }
    public bool IsDone { get; set; }
}
