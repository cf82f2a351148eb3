namespace Weir.Core.Upstream.Auth;

/// <summary>Recognises a secret that an upstream repeats, whole or with its middle masked.</summary>
public static class SecretEcho
{
    public static bool Shows(ReadOnlySpan<char> text, string? secret)
    {
        if (secret is not { Length: >= 8 })
            return false;
        // Providers echo keys with the middle masked: the head or tail is enough to recognise one.
        if (text.Contains(secret, StringComparison.Ordinal))
            return true;
        var tail = secret.AsSpan(secret.Length - 4);
        return secret.Length >= 16 && (text.Contains(secret.AsSpan(0, 8), StringComparison.Ordinal)
            || Ends(text, "*", tail) || Ends(text, "...", tail) || Ends(text, "…", tail) || Ends(text, "\\u2026", tail));
    }

    /// <summary>Some place in the text reads <paramref name="mask"/> and then the secret's last characters.</summary>
    private static bool Ends(ReadOnlySpan<char> text, string mask, ReadOnlySpan<char> tail)
    {
        for (var at = text.IndexOf(tail, StringComparison.Ordinal); at >= 0;)
        {
            if (text[..at].EndsWith(mask, StringComparison.OrdinalIgnoreCase))
                return true;
            var next = text[(at + 1)..].IndexOf(tail, StringComparison.Ordinal);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return false;
    }
}
