namespace Weir.Core.Semantics.Languages;

/// <summary>
/// Text of each language to compare with: its commonest words, and the same nine everyday sentences, written for this purpose.
/// One line a piece: code, blank, text.
/// </summary>
internal static class LanguageProfiles
{
    private const string Resource = "Weir.Core.Semantics.Languages.Data.profiles.txt";

    public static List<(string Language, string Text)> Read()
    {
        using var reader = new StreamReader(typeof(LanguageProfiles).Assembly.GetManifestResourceStream(Resource)!);
        var profiles = new List<(string, string)>();
        while (reader.ReadLine() is { } line)
            profiles.Add((line[..2], line[3..]));
        return profiles;
    }
}
