using Weir.Core.Canon;

namespace Weir.Core.Dialects.BedrockConverse;

/// <summary>One turn being built: consecutive messages of one side, parts with their place in the client's body.</summary>
internal sealed class ConverseTurn(bool isAssistant)
{
    public bool IsAssistant => isAssistant;
    public List<(ContentPart Part, string Path)> Parts { get; } = [];

    public bool Has<T>()
        where T : ContentPart => Parts.Exists(p => p.Part is T);
}
