using Weir.Core.Dialects.Json;

namespace Weir.Core.Dialects.OpenAiResponses;

/// <summary>What the pass over a request counts.</summary>
internal struct PromptTally
{
    /// <summary>UTF-8 bytes of text, escapes resolved; tool schemas as spelled.</summary>
    public long TextBytes;
    public int Items;
    public bool HasMedia;
    public ObjectNames Objects;

    /// <summary>A tool runs in a container at the provider.</summary>
    public bool UsesContainer;

    /// <summary>An item only names one of an earlier answer.</summary>
    public bool HasReference;

    /// <summary>Items that must not go to an upstream of this dialect, or null.</summary>
    public List<Splice>? Cuts;
}
