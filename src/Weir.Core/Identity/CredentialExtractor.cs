using Microsoft.Extensions.Primitives;

namespace Weir.Core.Identity;

/// <summary>
/// Finds the one credential of a request. Every dialect's header is accepted on every endpoint, since clients are
/// pointed at Weir by changing a base URL only. Header values that are empty or blank count as absent.
/// </summary>
public static class CredentialExtractor
{
    private const string Bearer = "Bearer";

    /// <param name="authorization">Values of <c>Authorization</c>.</param>
    /// <param name="xApiKey">Values of <c>x-api-key</c> (Anthropic).</param>
    /// <param name="xGoogApiKey">Values of <c>x-goog-api-key</c> (Gemini).</param>
    /// <param name="apiKey">Values of <c>api-key</c> (Azure OpenAI).</param>
    /// <param name="queryKey">The key in the query string, for dialects that have it there (Gemini).</param>
    public static CredentialResult Extract(
        StringValues authorization, StringValues xApiKey, StringValues xGoogApiKey, StringValues apiKey, StringValues queryKey = default)
    {
        ReadOnlyMemory<char> found = default;
        var state = CredentialState.Missing;
        foreach (string? value in authorization)
        {
            var text = value.AsMemory().Trim();
            if (text.IsEmpty)
                continue;
            if (!TryToken(text, out var token))
                return new(CredentialState.Malformed, default);
            Add(token, ref found, ref state);
        }
        AddAll(xApiKey, ref found, ref state);
        AddAll(xGoogApiKey, ref found, ref state);
        AddAll(apiKey, ref found, ref state);
        AddAll(queryKey, ref found, ref state);
        return new(state, state == CredentialState.Found ? found : default);
    }

    private static bool TryToken(ReadOnlyMemory<char> text, out ReadOnlyMemory<char> token)
    {
        token = default;
        if (!text.Span.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return false;
        var rest = text[Bearer.Length..];
        // "Bearer" alone is a client whose key variable is not set: as good as no credential.
        if (rest.IsEmpty)
            return true;
        token = rest.TrimStart();
        return token.Length < rest.Length && !token.Span.ContainsAny(' ', '\t', ',');
    }

    private static void AddAll(StringValues values, ref ReadOnlyMemory<char> found, ref CredentialState state)
    {
        foreach (string? value in values)
            Add(value.AsMemory().Trim(), ref found, ref state);
    }

    private static void Add(ReadOnlyMemory<char> secret, ref ReadOnlyMemory<char> found, ref CredentialState state)
    {
        if (secret.IsEmpty || state == CredentialState.Conflict)
            return;
        if (state == CredentialState.Missing)
        {
            found = secret;
            state = CredentialState.Found;
        }
        else if (!found.Span.SequenceEqual(secret.Span))
        {
            state = CredentialState.Conflict;
        }
    }
}
