namespace Weir.Cli.Terminal;

/// <summary>Text from elsewhere (model names, error messages), made safe to print: no control characters reach the terminal.</summary>
internal static class Plain
{
    public static string Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        return text.Any(Unsafe) ? string.Concat(text.Select(c => Unsafe(c) ? '?' : c)) : text;
    }

    // Bidirectional overrides can make a name read as another one.
    private static bool Unsafe(char c) => char.IsControl(c) || c is >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069';
}
