using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiChat;

/// <summary>What the pass over a request counts.</summary>
internal struct PromptTally
{
    /// <summary>UTF-8 bytes of text, escapes resolved; tool schemas as spelled.</summary>
    public long TextBytes;
    public int Messages;
    public bool HasMedia;
    public ObjectNames Objects;
}
