namespace Weir.Core.Dialects;

/// <summary>How the client wants its answer.</summary>
/// <param name="Stream">A stream of frames rather than one document.</param>
/// <param name="IncludeUsage">The client asked for usage in the stream (always true for dialects that always send it).</param>
/// <param name="Model">Model name to show when the upstream names none.</param>
/// <param name="ResponseId">Id to use when the upstream gives none.</param>
/// <param name="CreatedUnixSeconds">Creation time to use when the upstream gives none.</param>
public sealed record ResponseShape(bool Stream, bool IncludeUsage, string Model, string ResponseId, long CreatedUnixSeconds)
{
    /// <summary>What was asked for: some dialects answer a completion in another shape than a conversation.</summary>
    public Operation Operation { get; init; }

    /// <summary>The client's <see cref="ClientRoute.Template"/>, where an older path has an older answer; may be null.</summary>
    public string? Route { get; init; }

    /// <summary>How a stream is framed.</summary>
    public StreamFraming Framing { get; init; }

    /// <summary>
    /// The request being answered, in the client's dialect; empty when it is not at hand. For dialects whose answers repeat
    /// parts of the request. Belongs to the exchange.
    /// </summary>
    public ReadOnlyMemory<byte> Request { get; init; }

    /// <summary>Tool calls are told in the dialect's older form, in which the client asked (OpenAI's <c>function_call</c>).</summary>
    public bool LegacyFunctions { get; init; }
}
