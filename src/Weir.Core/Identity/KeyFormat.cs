namespace Weir.Core.Identity;

/// <summary>
/// The text of a virtual key: <c>wk-</c> and 43 base62 characters, of which 42 are random (250 bits) and the last is a
/// check character (ISO 7064 hybrid system, modulus 63,62). A typo in any one character is always recognised, so a
/// malformed key costs neither a hash nor a lookup. The check is no protection against an attacker; the 250 bits are.
/// </summary>
public static class KeyFormat
{
    /// <summary>What every virtual key starts with; secret scanners can look for it.</summary>
    public const string Prefix = "wk-";

    /// <summary>Length of the whole text.</summary>
    public const int Length = 46;

    private const int HintLength = 7;

    /// <summary>A new secret.</summary>
    public static string NewSecret(IRandomBytes random) => string.Create(Length, random, static (text, random) =>
    {
        Prefix.CopyTo(text);
        Base62.Fill(text[Prefix.Length..^1], random);
        text[^1] = Base62.CharOf(CheckValue(text[Prefix.Length..^1]));
    });

    /// <summary>True when <paramref name="text"/> could be a key; says nothing about whether it is one.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        int check = CheckValue(text[Prefix.Length..^1]);
        return check >= 0 && Base62.ValueOf(text[^1]) == check;
    }

    /// <summary>First characters of a secret, to recognise it by; leaves 226 unknown bits.</summary>
    public static string HintOf(ReadOnlySpan<char> secret) => string.Concat(secret[..Math.Min(HintLength, secret.Length / 2)], "…");

    /// <summary>Value of the check character, or -1 when a character is not base62.</summary>
    private static int CheckValue(ReadOnlySpan<char> body)
    {
        // ISO 7064 section 9 with M = 62; 2 and 63 are coprime, so every single substitution changes the result.
        int product = 62;
        foreach (char c in body)
        {
            int value = Base62.ValueOf(c);
            if (value < 0)
                return -1;
            int sum = (product + value) % 62;
            product = (sum == 0 ? 62 : sum) * 2 % 63;
        }
        return (63 - product) % 62;
    }
}
