using System.Diagnostics.CodeAnalysis;

namespace Weir.Core.Dialects.Multipart;

/// <summary>The boundary a content type names.</summary>
public static class MultipartBoundary
{
    /// <summary>RFC 2046 §5.1.1.</summary>
    private const int Longest = 70;

    /// <summary>The content type is <c>multipart/form-data</c>, with or without a usable boundary.</summary>
    public static bool IsForm([NotNullWhen(true)] string? contentType) =>
        contentType is not null && contentType.AsSpan().TrimStart().StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    /// <summary>The boundary, or null when there is none, two, or one that RFC 2046 does not allow.</summary>
    public static string? Find(string contentType)
    {
        string? found = null;
        foreach (var part in contentType.Split(';').Skip(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !part.AsSpan(0, equals).Trim().Equals("boundary", StringComparison.OrdinalIgnoreCase))
                continue;
            if (found is not null)
                return null;
            found = part[(equals + 1)..].Trim();
            if (found.Length >= 2 && found[0] == '"' && found[^1] == '"')
                found = found[1..^1];
        }
        return found is { Length: > 0 and <= Longest } && found.All(IsAllowed) && !found.EndsWith(' ') ? found : null;
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || "'()+_,-./:=? ".Contains(c, StringComparison.Ordinal);
}
