namespace Weir.Core.Errors;

/// <summary>
/// A failure as a value. <see cref="SafeMessage"/> is all a client may see; <see cref="Detail"/> goes to the log and
/// decision record. Each dialect renders it in its own error JSON.
/// </summary>
/// <param name="Kind">The class every dialect maps to its own error type.</param>
/// <param name="Phase">The step of the call in which it arose.</param>
/// <param name="Party">Whose doing it is.</param>
/// <param name="HttpStatus">Status for the client when nothing was sent yet.</param>
/// <param name="Code">Stable snake_case word: metric label and documentation anchor.</param>
/// <param name="SafeMessage">What, where and how to fix it. No secrets, no stack traces.</param>
public sealed record GatewayError(ErrorKind Kind, Step Phase, Party Party, int HttpStatus, string Code, string SafeMessage)
{
    /// <summary>JSON path of the offending parameter, or null.</summary>
    public string? Param { get; init; }

    /// <summary>When trying again makes sense, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>For operators only.</summary>
    public string? Detail { get; init; }

    /// <summary><see cref="Detail"/> as the log and the decision record show it: one line (no stack trace), at most 500 characters.</summary>
    public string? Reason
    {
        get
        {
            if (string.IsNullOrEmpty(Detail))
                return null;
            var end = Detail.AsSpan().IndexOfAny('\r', '\n');
            var length = Math.Min(end < 0 ? Detail.Length : end, 500);
            return Detail[..length];
        }
    }
}
