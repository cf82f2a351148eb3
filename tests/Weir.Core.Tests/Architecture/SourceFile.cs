using System.Text.RegularExpressions;

namespace Weir.Core.Tests.Architecture;

/// <summary>One C# file, read as text: enough for rules about names and places, and it needs no compiler.</summary>
/// <param name="Path">Relative to the repository, with forward slashes.</param>
/// <param name="Code">The text without comments and without the inside of string literals.</param>
/// <param name="Namespace">The file-scoped namespace; empty for a file of top-level statements.</param>
/// <param name="Types">Types at the file's top level, in order.</param>
/// <param name="Lines">Number of lines.</param>
internal sealed partial record SourceFile(string Path, string Code, string Namespace, IReadOnlyList<TopLevelType> Types, int Lines)
{
    /// <summary>The file's folder, as the namespace it stands for: src/Weir.Core/Routing -> Weir.Core.Routing.</summary>
    public string FolderNamespace => string.Join('.', Path.Split('/')[1..^1]);

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static SourceFile Parse(string path, string text)
    {
        var code = NotCode().Replace(text, m => m.Value[0] == '/' ? "" : "\"\"");
        var types = Declaration().Matches(code).Select(m => new TopLevelType(m.Groups["kind"].Value, m.Groups["name"].Value, m.Groups["rest"].Value));
        return new SourceFile(path, code, NamespaceLine().Match(code).Groups[1].Value, [.. types], text.AsSpan().TrimEnd('\n').Count('\n') + 1);
    }

    // Raw strings first, then the other strings, then characters, then comments: whichever begins first wins.
    [GeneratedRegex("""
        "{3,}[\s\S]*?"{3,}|@"(?:[^"]|"")*"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.[^'\n]*)'|//[^\n]*|/\*[\s\S]*?\*/
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NotCode();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|readonly|partial|ref|unsafe) )*(?<kind>class|record struct|record|struct|interface|enum|delegate) (?<name>\w+)(?<rest>[^\n]*(?:\n[ ]+[^{\n]*)*)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
