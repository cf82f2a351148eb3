using Weir.Core.Configuration;

namespace Weir.Cli.Terminal;

/// <summary>One diagnostic: where, what, the source line with a caret, and the next step.</summary>
internal static class DiagnosticText
{
    private const int MaxWidth = 160;

    public static void Write(TextWriter output, Ink ink, Diagnostic d, IReadOnlyList<string> lines)
    {
        var severity = d.Severity == Severity.Error ? ink.Red("error") : ink.Yellow("warning");
        output.WriteLine($"{ink.Bold($"{d.File}:{d.Line}:{d.Column}:")} {severity} {d.Code}: {(d.Path.Length == 0 ? "" : Plain.Text(d.Path) + ": ")}{Plain.Text(d.Message)}");
        if (d.Line >= 1 && d.Line <= lines.Count)
            WriteSource(output, ink, d, lines[d.Line - 1]);
        if (d.Hint is not null)
            output.WriteLine($"{ink.Cyan("  hint:")} {Plain.Text(d.Hint)}");
        output.WriteLine();
    }

    private static void WriteSource(TextWriter output, Ink ink, Diagnostic d, string line)
    {
        var number = d.Line.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var column = Math.Clamp(d.Column - 1, 0, line.Length);
        // A tab is one character to the parser: shown as one blank, so that the caret stands under the right one.
        var shown = Plain.Text(line.Replace('\t', ' '));
        var start = Math.Max(0, column - (MaxWidth / 2));
        var part = shown.Substring(start, Math.Min(MaxWidth, shown.Length - start));
        output.WriteLine($"{ink.Dim($"  {number} │")} {part}");
        if (d.Column > 0)
            output.WriteLine($"{ink.Dim($"  {new string(' ', number.Length)} │")} {new string(' ', column - start)}{ink.Red("^")}");
    }
}
