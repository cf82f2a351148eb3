namespace Weir.Core.Canon;

/// <summary>One turn. System messages stay where the client put them; a dialect with one system slot merges in order.</summary>
public sealed record Message(MessageRole Role, IReadOnlyList<ContentPart> Content)
{
    /// <summary>Optional participant name (OpenAI chat).</summary>
    public string? Name { get; init; }
}
