namespace Weir.Core.Canon;

/// <summary>Why generation ended, as a class all dialects share.</summary>
public enum StopReason
{
    /// <summary>Natural end.</summary>
    EndTurn,

    /// <summary>Output token limit reached.</summary>
    MaxTokens,

    /// <summary>A stop sequence matched.</summary>
    StopSequence,

    /// <summary>The model waits for tool results.</summary>
    ToolUse,

    /// <summary>The provider's filter stopped the answer.</summary>
    ContentFilter,

    /// <summary>The model declined.</summary>
    Refusal,

    /// <summary>The turn is paused and may be continued by sending it back (Anthropic <c>pause_turn</c>).</summary>
    Pause,

    /// <summary>Prompt and answer together filled the context window.</summary>
    ContextWindow,

    /// <summary>A reason no table knows; the native text is kept beside it.</summary>
    Other,
}
