using System.Text;

namespace Weir.Core.Dialects.Multipart;

/// <summary>
/// Walks a <c>multipart/form-data</c> body (RFC 7578, RFC 2046 §5.1) as it passes, in any pieces, and keeps the short
/// fields it was asked for; file content is only searched for the boundary. Stricter than the standard where two readers
/// could disagree: no preamble, nothing but line ends after the closing boundary, no wanted field twice, no padding.
/// Memory: one part's header (at most 8 KiB) and the wanted values (at most 1 KiB each).
/// </summary>
public sealed class MultipartScanner(string boundary, IReadOnlyList<string> wanted)
{
    private const int MaxHeaderBytes = 8 * 1024;
    private const int MaxValueBytes = 1024;

    /// <summary>Ends every part's content. Holds CR at its start only, so a failed match never hides another one's start.</summary>
    private readonly byte[] _delimiter = Encoding.ASCII.GetBytes("\r\n--" + boundary);

    private readonly Dictionary<string, MultipartField> _fields = new(StringComparer.Ordinal);
    private readonly List<byte> _kept = [];
    private Place _place = Place.Opening;

    /// <summary>Bytes of the delimiter seen so far; the opening one has no line end before it.</summary>
    private int _matched = 2;
    private byte _afterDelimiter;
    private long _at;
    private long _valueStart;
    private string? _keeping;

    private enum Place { Opening, AfterDelimiter, Header, Content, End }

    /// <summary>A wanted field that was met, or null.</summary>
    public MultipartField? Find(string name) => _fields.TryGetValue(name, out var field) ? field : null;

    /// <summary>Looks at the next bytes; what is wrong with them, or null.</summary>
    public BadRequest? Accept(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var taken = 1;
            var fault = _place switch
            {
                Place.Opening => Open(bytes[0]),
                Place.AfterDelimiter => AfterDelimiter(bytes[0]),
                Place.Header => Header(bytes[0]),
                Place.Content => Content(bytes, out taken),
                _ => bytes[0] is (byte)'\r' or (byte)'\n' ? null : Broken("goes on after its closing boundary"),
            };
            if (fault is not null)
                return fault;
            bytes = bytes[taken..];
            _at += taken;
        }
        return null;
    }

    /// <summary>The body has ended: what is missing, or null.</summary>
    public BadRequest? Complete() => _place == Place.End ? null
        : _place == Place.Opening ? Broken("does not begin with the boundary its content type names")
        : Broken("ends without its closing boundary");

    private BadRequest? Open(byte next)
    {
        if (next != _delimiter[_matched])
            return Broken("does not begin with the boundary its content type names");
        if (++_matched == _delimiter.Length)
            _place = Place.AfterDelimiter;
        return null;
    }

    /// <summary>CR LF: another part. Two hyphens: the end.</summary>
    private BadRequest? AfterDelimiter(byte next)
    {
        if (_afterDelimiter == 0 && next is (byte)'\r' or (byte)'-')
        {
            _afterDelimiter = next;
            return null;
        }
        var fits = (_afterDelimiter, next) is ((byte)'\r', (byte)'\n') or ((byte)'-', (byte)'-');
        _place = _afterDelimiter == (byte)'-' ? Place.End : Place.Header;
        _afterDelimiter = 0;
        _kept.Clear();
        return fits ? null : Broken("has something else than a line end after a boundary");
    }

    private BadRequest? Header(byte next)
    {
        _kept.Add(next);
        if (_kept.Count > MaxHeaderBytes)
            return Broken("has a part whose header is longer than 8 KiB");
        if (next != (byte)'\n' || !EndsHeader())
            return null;
        if (PartHeader.Name([.. _kept]) is not { } name)
            return Broken("has a part without a readable Content-Disposition name");
        _kept.Clear();
        _keeping = wanted.Contains(name) ? name : null;
        if (_keeping is not null && _fields.ContainsKey(name))
            return new BadRequest("duplicate_key", $"The field '{name}' comes twice; send it once.", name);
        _valueStart = _at + 1;
        _matched = 0;
        _place = Place.Content;
        return null;
    }

    private bool EndsHeader() => _kept.Count == 2 || (_kept.Count >= 4 && _kept[^2] == '\r' && _kept[^3] == '\n' && _kept[^4] == '\r');

    private BadRequest? Content(ReadOnlySpan<byte> bytes, out int taken)
    {
        if (_matched == 0)
        {
            var at = bytes.IndexOf((byte)'\r');
            taken = at < 0 ? bytes.Length : at + 1;
            _matched = at < 0 ? 0 : 1;
            return Keep(at < 0 ? bytes : bytes[..at]);
        }

        if (bytes[0] != _delimiter[_matched])
        {
            // What looked like a boundary was content; the byte at hand is looked at again.
            taken = 0;
            var matched = _matched;
            _matched = 0;
            return Keep(_delimiter.AsSpan(0, matched));
        }

        taken = 1;
        if (++_matched < _delimiter.Length)
            return null;
        if (_keeping is { } name)
        {
            var length = _kept.Count;
            _fields[name] = new MultipartField(Encoding.UTF8.GetString([.. _kept]), new ByteRange((int)_valueStart, length));
        }
        _place = Place.AfterDelimiter;
        return null;
    }

    private BadRequest? Keep(ReadOnlySpan<byte> content)
    {
        if (_keeping is null || content.IsEmpty)
            return null;
        if (_kept.Count + content.Length > MaxValueBytes)
            return new BadRequest("wrong_type", $"The field '{_keeping}' is longer than {MaxValueBytes} bytes.", _keeping);
        foreach (var b in content)
            _kept.Add(b);
        return null;
    }

    private static BadRequest Broken(string how) => new("invalid_multipart", $"The multipart body {how}.", null);
}
