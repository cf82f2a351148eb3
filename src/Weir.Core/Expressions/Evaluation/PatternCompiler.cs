using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Core.Expressions.Evaluation;

/// <summary>
/// RE2 patterns (github.com/google/re2/wiki/Syntax) as .NET regular expressions without backtracking, whose time is linear
/// in the text. Where the two read a pattern differently it is rewritten, or refused when it cannot be.
/// </summary>
internal sealed class PatternCompiler
{
    private const int LongestPattern = 1000;

    /// <summary>As in RE2; it also bounds what nested repeats multiply to.</summary>
    private const long MostRepeats = 1000;

    private readonly string _pattern;
    private readonly StringBuilder _result = new();
    private readonly Stack<long> _groups = new();
    private long _weight;
    private long _atom;
    private int _position;

    private PatternCompiler(string pattern) => _pattern = pattern;

    /// <summary>The regular expression, or null and what is wrong with the pattern.</summary>
    public static Regex? Compile(string pattern, out string? problem)
    {
        try
        {
            problem = pattern.Length > LongestPattern ? $"the pattern is longer than {LongestPattern} characters" : null;
            return problem is not null ? null : new Regex(new PatternCompiler(pattern).Translate(), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException e)
        {
            problem = e.Message;
        }
        catch (ArgumentException)
        {
            problem = "this is not a regular expression";
        }
        return null;
    }

    private string Translate()
    {
        while (_position < _pattern.Length)
        {
            switch (_pattern[_position])
            {
                case '\\':
                    Escape(inClass: false);
                    Atom(1);
                    break;
                case '[':
                    Class();
                    Atom(1);
                    break;
                case '(':
                    Group();
                    break;
                case ')' when _groups.Count > 0:
                    var inner = _weight;
                    _weight = _groups.Pop();
                    Copy(1);
                    Atom(inner);
                    break;
                case '{':
                    Repeat();
                    break;
                case '$':
                    // RE2 means the very end; .NET also means before a last line feed.
                    _result.Append("\\z");
                    _position++;
                    break;
                default:
                    Copy(1);
                    Atom(1);
                    break;
            }
        }
        return _result.ToString();
    }

    private void Copy(int length)
    {
        _result.Append(_pattern, _position, length);
        _position += length;
    }

    // What the atom before a repeat weighs: characters it stands for once repeats are written out.
    private void Atom(long weight) => _weight = Bounded(_weight + (_atom = weight));

    private static long Bounded(long weight) => weight <= MostRepeats * 8 ? weight : throw new NotSupportedException("the pattern repeats too much");

    private void Repeat()
    {
        var end = _pattern.IndexOf('}', _position);
        var bounds = end < 0 ? [] : _pattern[(_position + 1)..end].Split(',');
        if (bounds.Length is not (1 or 2) || !int.TryParse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture, out var least))
        {
            _result.Append("\\{");
            _position++;
            Atom(1);
            return;
        }
        var most = bounds.Length == 2 && int.TryParse(bounds[1], NumberStyles.None, CultureInfo.InvariantCulture, out var upper) ? upper : least;
        if (Math.Max(least, most) > MostRepeats)
            throw new NotSupportedException($"a repeat may count to {MostRepeats}");
        _weight = Bounded(_weight + (_atom * Math.Max(least, most)));
        Copy(end + 1 - _position);
    }

    private void Group()
    {
        _groups.Push(_weight);
        _weight = 0;
        var rest = _pattern.AsSpan(_position);
        if (rest.StartsWith("(?P<", StringComparison.Ordinal))
        {
            _result.Append("(?");
            _position += 3;
        }
        else if (rest.StartsWith("(?", StringComparison.Ordinal) && !rest.StartsWith("(?<", StringComparison.Ordinal))
        {
            var flags = rest[2..].IndexOfAnyExcept("is-");
            if (flags < 0 || rest[2 + flags] is not (':' or ')'))
                throw new NotSupportedException("of (?…) only (?:…), named groups and the flags i and s are supported");
            Copy(2 + flags);
        }
        else if (rest.StartsWith("(?<", StringComparison.Ordinal) && rest is not [_, _, _, >= 'A', ..])
            throw new NotSupportedException("looking behind is not supported");
        else
            Copy(1);
    }

    private void Class()
    {
        Copy(_pattern.AsSpan(_position).StartsWith("[^", StringComparison.Ordinal) ? 2 : 1);
        for (var first = true; _position < _pattern.Length; first = false)
        {
            var c = _pattern[_position];
            if (c == ']' && !first)
            {
                Copy(1);
                return;
            }
            if (c == '\\')
                Escape(inClass: true);
            else if (c == '[' && _position + 1 < _pattern.Length && _pattern[_position + 1] == ':')
                throw new NotSupportedException("classes such as [:alpha:] are not supported: write a-zA-Z");
            else if (c is '[' or ']')
            {
                // .NET would subtract a class after "-[".
                _result.Append('\\');
                Copy(1);
            }
            else
                Copy(1);
        }
    }

    // RE2's \d, \w, \s are ASCII; .NET's are Unicode.
    private void Escape(bool inClass)
    {
        if (_position + 1 >= _pattern.Length)
            throw new NotSupportedException("the pattern ends in a backslash");
        var letter = _pattern[_position + 1];
        var ascii = char.ToLowerInvariant(letter) switch
        {
            'd' => "0-9",
            'w' => "0-9A-Za-z_",
            's' => "\\t\\n\\f\\r ",
            _ => null,
        };
        if (ascii is null)
        {
            if (letter is 'Q' or 'E' or 'C' or 'Z' or 'G' or 'k' || (char.IsAsciiDigit(letter) && letter != '0'))
                throw new NotSupportedException($"\\{letter} is not supported");
            // \p{L}, \x{…}: the braces belong to the escape. .NET refuses what it does not know.
            var braces = letter is 'p' or 'P' or 'x' && _pattern.AsSpan(_position + 2) is ['{', ..] ? _pattern.IndexOf('}', _position) : -1;
            Copy(braces < 0 ? 2 : braces + 1 - _position);
            return;
        }
        if (inClass && char.IsAsciiLetterUpper(letter))
            throw new NotSupportedException($"\\{letter} inside [] is not supported");
        _result.Append(inClass ? ascii : $"[{(char.IsAsciiLetterUpper(letter) ? "^" : "")}{ascii}]");
        _position += 2;
    }
}
