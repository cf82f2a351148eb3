using System.Buffers.Text;
using System.Text;

namespace Weir.Core.Routing.Pools;

/// <summary>
/// Reads the samples of a page in Prometheus' text format (version 0.0.4; OpenMetrics' samples are written alike). A line that
/// is none is skipped: pages come from servers of all versions, and what matters is that the known names are found.
/// </summary>
public ref struct PrometheusText(ReadOnlySpan<byte> page)
{
    private ReadOnlySpan<byte> _rest = page;
    private ReadOnlySpan<byte> _labels;

    /// <summary>Name of the sample.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Its value; never NaN or infinite.</summary>
    public double Value { get; private set; }

    /// <summary>Goes to the next sample. False: there is none.</summary>
    public bool Read()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf((byte)'\n');
            var line = (end < 0 ? _rest : _rest[..end]).Trim(" \t\r"u8);
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (!line.IsEmpty && line[0] != (byte)'#' && TryRead(line))
                return true;
        }
        return false;
    }

    /// <summary>The value of a label with its escapes undone, or null when the sample has none of that name.</summary>
    public readonly string? Label(ReadOnlySpan<byte> name)
    {
        var rest = _labels;
        while (TryTake(ref rest, out var found, out var value))
        {
            if (found.SequenceEqual(name))
                return Unescape(value);
        }
        return null;
    }

    private bool TryRead(ReadOnlySpan<byte> line)
    {
        var nameEnd = line.IndexOfAny("{ \t"u8);
        if (nameEnd <= 0)
            return false;
        Name = line[..nameEnd];
        _labels = default;
        var rest = line[nameEnd..].TrimStart(" \t"u8);
        if (!rest.IsEmpty && rest[0] == (byte)'{')
        {
            var close = EndOfLabels(rest);
            if (close < 0)
                return false;
            _labels = rest[1..close];
            rest = rest[(close + 1)..].TrimStart(" \t"u8);
        }
        // A time stamp may follow the value.
        if (!Utf8Parser.TryParse(rest, out double value, out var used) || !double.IsFinite(value) || (used < rest.Length && rest[used] is not ((byte)' ' or (byte)'\t')))
            return false;
        Value = value;
        return true;
    }

    /// <summary>Where the closing brace stands: values may hold one too.</summary>
    private static int EndOfLabels(ReadOnlySpan<byte> text)
    {
        var quoted = false;
        for (var i = 1; i < text.Length; i++)
        {
            if (quoted && text[i] == (byte)'\\')
                i++;
            else if (text[i] == (byte)'"')
                quoted = !quoted;
            else if (!quoted && text[i] == (byte)'}')
                return i;
        }
        return -1;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        var equals = rest.IndexOf("=\""u8);
        if (equals < 0)
            return false;
        name = rest[..equals].Trim(" \t,"u8);
        rest = rest[(equals + 2)..];
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == (byte)'\\')
                i++;
            else if (rest[i] == (byte)'"')
            {
                value = rest[..i];
                rest = rest[(i + 1)..];
                return true;
            }
        }
        return false;
    }

    private static string Unescape(ReadOnlySpan<byte> value)
    {
        var text = Encoding.UTF8.GetString(value);
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            plain.Append(text[i] != '\\' || i + 1 == text.Length ? text[i] : text[++i] == 'n' ? '\n' : text[i]);
        return plain.ToString();
    }
}
