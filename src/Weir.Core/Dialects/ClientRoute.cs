namespace Weir.Core.Dialects;

/// <summary>
/// A path on which a dialect's clients call. <paramref name="Template"/> is literal text with placeholders in braces:
/// <c>{model}</c> takes any text (slashes too), every other name one segment that is ignored, for example
/// <c>/v1/projects/{project}/locations/{location}/publishers/google/models/{model}:generateContent</c>.
/// </summary>
/// <param name="Template">The path.</param>
/// <param name="Operation">What it asks for.</param>
/// <param name="Stream">Whether it asks for a stream, when the path decides that.</param>
public sealed record ClientRoute(string Template, Operation Operation, bool? Stream = null)
{
    /// <summary>HTTP method in capitals. One path may stand in several routes with different methods.</summary>
    public string Method { get; init; } = "POST";
}
