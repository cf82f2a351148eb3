using Weir.Core.Providers;
using Weir.Core.Semantics.Intents;

namespace Weir.Core.Routing.Content;

/// <summary>A classifier elsewhere, and what counts when it does not answer.</summary>
public sealed record ClassifierSetup
{
    /// <summary>Whose address and credential it is.</summary>
    public required Provider Provider { get; init; }

    /// <summary>An embeddings model behind the OpenAI API; null = a service that answers with labels.</summary>
    public string? Model { get; init; }

    /// <summary>Path below the provider's base URL.</summary>
    public required string Path { get; init; }

    /// <summary>With a model: least cosine of a member.</summary>
    public float Threshold { get; init; }

    /// <summary>How long an answer is waited for.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>The intent when no answer came, or <c>out-of-scope</c>; null = nobody can say.</summary>
    public string? Default { get; init; }

    public required IReadOnlyList<IntentClass> Classes { get; init; }
}
