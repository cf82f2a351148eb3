using System.Globalization;

namespace Weir.Core.Dialects.GeminiGenerate;

/// <summary>
/// What a model's name says about the fields it takes. Since Gemini 3: thinking levels in place of budgets, signatures that
/// must come back, media in function results, JSON answers beside tools. Names without a number are taken for 2.5, whose
/// fields the newer ones still take; the moving <c>-latest</c> names stand for the newest.
/// </summary>
/// <param name="Major">Generation, for example 3.</param>
/// <param name="Minor">For example 5 of 2.5.</param>
/// <param name="IsPro">Thinking cannot be switched off.</param>
internal readonly record struct ModelTraits(int Major, int Minor, bool IsPro)
{
    private const string Family = "gemini-";

    public static ModelTraits Of(string model)
    {
        bool isPro = model.Contains("pro", StringComparison.OrdinalIgnoreCase);
        int at = model.IndexOf(Family, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return new ModelTraits(2, 5, isPro);
        ReadOnlySpan<char> rest = model.AsSpan(at + Family.Length);
        int major = Number(ref rest);
        if (major < 0)
            return new ModelTraits(rest.EndsWith("-latest", StringComparison.Ordinal) ? 3 : 2, 5, isPro);
        int minor = 0;
        if (rest.StartsWith('.'))
        {
            rest = rest[1..];
            minor = Math.Max(0, Number(ref rest));
        }

        return new ModelTraits(major, minor, isPro);
    }

    public bool IsThree => Major >= 3;

    public bool Thinks => IsThree || (Major == 2 && Minor >= 5);

    private static int Number(ref ReadOnlySpan<char> text)
    {
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;
        if (digits == 0 || !int.TryParse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return -1;
        text = text[digits..];
        return number;
    }
}
