namespace Weir.Core.Identity;

/// <summary>Random text of digits and ASCII letters: survives shells, URLs, headers and double-click selection.</summary>
public static class Base62
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Uniformly random text; log₂ 62 ≈ 5.954 bits per character.</summary>
    public static string Random(int length, IRandomBytes random) =>
        string.Create(length, random, static (text, random) => Fill(text, random));

    /// <summary>Uniformly random characters into <paramref name="destination"/>.</summary>
    public static void Fill(Span<char> destination, IRandomBytes random)
    {
        Span<byte> bytes = stackalloc byte[64];
        int filled = 0;
        while (filled < destination.Length)
        {
            random.Fill(bytes);
            foreach (byte b in bytes)
            {
                // 248 = 4 × 62: bytes above it are thrown away so that no character is likelier than another.
                if (b < 248 && filled < destination.Length)
                    destination[filled++] = Alphabet[b % 62];
            }
        }
        bytes.Clear();
    }

    /// <summary>0 … 61, or -1 for any other character.</summary>
    internal static int ValueOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'Z' => c - 'A' + 10,
        >= 'a' and <= 'z' => c - 'a' + 36,
        _ => -1,
    };

    internal static char CharOf(int value) => Alphabet[value];
}
