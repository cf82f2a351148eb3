using System.Text;

namespace Weir.Cli.Terminal;

/// <summary>A table of aligned columns. Cells are plain text; a row's paint is put on after widths are known.</summary>
internal sealed class TextTable(params (string Title, Align Align)[] columns)
{
    private const string Gap = "  ";

    private readonly List<(string[] Cells, Func<int, string, string>? Paint)> _rows = [];

    /// <summary>Adds a row; <paramref name="paint"/> gets column index and padded text.</summary>
    public void Add(string[] cells, Func<int, string, string>? paint = null) => _rows.Add((cells, paint));

    public void Write(TextWriter output, Ink ink, bool totals = false)
    {
        var cells = _rows.Select(r => r.Cells.ToArray()).ToArray();
        for (var c = 0; c < columns.Length; c++)
        {
            if (columns[c].Align == Align.Point)
                AlignPoints(cells, c);
        }
        var widths = columns.Select((column, c) => cells.Select(row => row[c].Length).Append(column.Title.Length).Max()).ToArray();
        output.WriteLine(ink.Dim(Line(columns.Select(c => c.Title).ToArray(), widths, null)));
        for (var r = 0; r < cells.Length; r++)
        {
            if (totals && r == cells.Length - 1)
                output.WriteLine(ink.Dim(new string('─', widths.Sum() + (Gap.Length * (widths.Length - 1)))));
            output.WriteLine(Line(cells[r], widths, _rows[r].Paint));
        }
    }

    private string Line(string[] cells, int[] widths, Func<int, string, string>? paint)
    {
        var line = new StringBuilder();
        for (var c = 0; c < cells.Length; c++)
        {
            if (c > 0)
                line.Append(Gap);
            var padded = columns[c].Align == Align.Left ? cells[c].PadRight(widths[c]) : cells[c].PadLeft(widths[c]);
            // Nothing after the last word: trailing blanks wrap on narrow terminals.
            if (c == cells.Length - 1)
                padded = padded.TrimEnd();
            line.Append(paint is null ? padded : paint(c, padded));
        }
        return line.ToString().TrimEnd();
    }

    private static void AlignPoints(string[][] cells, int column)
    {
        static int Fraction(string text) => text.LastIndexOf('.') is var at && at < 0 ? 0 : text.Length - at;
        var longest = cells.Select(row => Fraction(row[column])).DefaultIfEmpty().Max();
        foreach (var row in cells)
            row[column] += new string(' ', longest - Fraction(row[column]));
    }
}
