using System.Globalization;

namespace Weir.Core.Upstream;

/// <summary>
/// What an upstream's head says of its body, as it was sent: the HTTP client's typed headers parse each value into
/// objects, once per answer and for nothing.
/// </summary>
internal static class ResponseHead
{
    /// <summary>The whole <c>Content-Type</c>, or null.</summary>
    public static string? ContentType(HttpResponseMessage response) => Find(response, "Content-Type");

    /// <summary>The media type without its parameters, or null.</summary>
    public static string? MediaType(HttpResponseMessage response)
    {
        if (ContentType(response) is not { } type)
            return null;
        var end = type.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? type : type[..end]).Trim();
    }

    /// <summary>The coding that was applied last (RFC 9110 §8.4), or null.</summary>
    public static string? LastEncoding(HttpResponseMessage response)
    {
        if (Find(response, "Content-Encoding") is not { } codings)
            return null;
        var last = codings.AsSpan(codings.LastIndexOf(',') + 1).Trim();
        return last.IsEmpty ? null : last.ToString();
    }

    public static long? ContentLength(HttpResponseMessage response) =>
        long.TryParse(Find(response, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    private static string? Find(HttpResponseMessage response, string name) =>
        response.Content.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
