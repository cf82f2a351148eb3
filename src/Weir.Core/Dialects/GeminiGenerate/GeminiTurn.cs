using Weir.Core.Canon;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>One content of a request: a role and its parts, each with its path in the client's request.</summary>
internal sealed class GeminiTurn(bool isModel, bool hasResults)
{
    public bool IsModel => isModel;

    /// <summary>It answers function calls; Gemini wants all answers to one turn's calls together, and nothing beside them.</summary>
    public bool HasResults => hasResults;

    public List<(ContentPart Part, string Path)> Parts { get; } = [];
}
