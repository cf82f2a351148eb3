namespace Weir.Core.Configuration.Reading;

/// <summary>Recognises credentials pasted into a file, by the prefixes their issuers gave them.</summary>
public static class LiteralSecret
{
    private const int ShortestTail = 12;

    private static readonly string[] Prefixes =
    [
        "sk-", "sk_", "wk-", "gsk_", "xai-", "pplx-", "fw_", "csk-", "hf_", "r8_", "nvapi-", "AIza", "AKIA", "ASIA", "ghp_",
        "gho_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "eyJhbGciOi", "Bearer ", "Basic ", "-----BEGIN ",
    ];

    private static readonly string[] Names =
    [
        "apikey", "api_key", "api-key", "password", "token", "accesstoken", "access_token", "secretkey", "secret_key",
        "authorization", "x-api-key", "x-goog-api-key",
    ];

    /// <summary>The text contains something shaped like a credential.</summary>
    public static bool LooksLikeOne(string value)
    {
        foreach (var prefix in Prefixes)
        {
            var at = value.IndexOf(prefix, StringComparison.Ordinal);
            if (at < 0 || (at > 0 && char.IsLetterOrDigit(value[at - 1])) || value.Length - at - prefix.Length < ShortestTail)
                continue;
            if (prefix[0] == '-' || IsTokenLike(value.AsSpan(at + prefix.Length)))
                return true;
        }
        return false;
    }

    /// <summary>A key by this name is meant to hold a credential.</summary>
    public static bool IsSecretName(string key) => Names.Contains(key.ToLowerInvariant());

    // A model name such as sk-reasoner-large has no digits mixed with letters over its length; a credential always does.
    private static bool IsTokenLike(ReadOnlySpan<char> tail)
    {
        int run = 0, digits = 0, letters = 0;
        foreach (var c in tail)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or '+' or '/' or '='))
                break;
            run++;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters += char.IsAsciiLetter(c) ? 1 : 0;
        }
        return run >= ShortestTail && (digits > 1 && letters > 1 || run >= 24);
    }
}
