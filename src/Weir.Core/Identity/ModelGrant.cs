namespace Weir.Core.Identity;

/// <summary>Which models a key may use.</summary>
public static class ModelGrant
{
    /// <summary>True when one of the key's patterns matches the public model name. No pattern at all allows nothing.</summary>
    public static bool Allows(VirtualKey key, ReadOnlySpan<char> model)
    {
        var patterns = key.Models;
        for (int i = 0; i < patterns.Count; i++)
        {
            if (Matches(patterns[i], model))
                return true;
        }
        return false;
    }

    /// <summary>
    /// Case-sensitive match; <c>*</c> stands for any run of characters, also none. Only the last star is ever retried, so
    /// the time is at most pattern × text whatever the pattern.
    /// </summary>
    internal static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, starText = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                starText = t;
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++starText;
            }
            else
            {
                return false;
            }
        }
        return pattern[p..].IndexOfAnyExcept('*') < 0;
    }
}
