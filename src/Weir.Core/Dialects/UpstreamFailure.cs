namespace Weir.Core.Dialects;

/// <summary>
/// An upstream's error, read from its body (any of the shapes in wire notes §11) or from an event inside a stream.
/// <paramref name="Message"/> is the provider's text and may be shown to the client (it never holds our credentials).
/// </summary>
/// <param name="Status">HTTP status, or the status named inside a stream; 0 when none was given.</param>
/// <param name="Type">The provider's error type or code word, or null.</param>
/// <param name="Code">The provider's code, as text, or null.</param>
/// <param name="Message">Human text, or null when the body was not understood (HTML, empty).</param>
public sealed record UpstreamFailure(int Status, string? Type, string? Code, string? Message)
{
    /// <summary>How long the provider asks us to wait (header or body), or null.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
