using System.Buffers;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Dialects.JsonArrays;

/// <summary>
/// Cuts a JSON array that arrives piece by piece into its elements, which must be objects (RFC 8259). A frame's
/// <see cref="Frame.Data"/> is one element, its <see cref="Frame.Raw"/> also the bracket, comma and white space before it;
/// the closing bracket is a frame without data. An object alone, without brackets, is a stream of one element: some
/// servers answer an error so.
/// </summary>
public sealed class JsonArrayFramer : IFramer
{
    /// <summary>16 MB, as for events: an element may hold a whole image in base64.</summary>
    public const int DefaultMaxFrameBytes = 16 * 1024 * 1024;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}"u8);
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create("\"\\"u8);

    private readonly int _maxFrameBytes;
    private FrameCarry _carry;
    private int _depth;
    private bool _inString;
    private bool _isEscaped;
    private int _elementStart = -1;

    /// <param name="maxFrameBytes">Longest frame accepted, in bytes.</param>
    public JsonArrayFramer(int maxFrameBytes = DefaultMaxFrameBytes) => _maxFrameBytes = maxFrameBytes;

    /// <inheritdoc/>
    public int PendingBytes => _carry.Pending;

    /// <inheritdoc/>
    /// <exception cref="FrameTooLargeException">A frame passed the limit.</exception>
    /// <exception cref="InvalidDataException">Something other than an object stands in the array.</exception>
    public bool TryRead(scoped ref ReadOnlySpan<byte> input, out Frame frame)
    {
        _carry.ReleaseSpent();
        frame = default;
        if (input.IsEmpty)
            return false;
        var length = FindEnd(input);
        if (_carry.Length + (length < 0 ? input.Length : length) > _maxFrameBytes)
            throw new FrameTooLargeException(_maxFrameBytes);
        if (length < 0)
        {
            _carry.Add(input);
            input = default;
            return false;
        }

        if (_carry.Length == 0)
        {
            frame = Make(input[..length]);
        }
        else
        {
            _carry.Add(input[..length]);
            frame = Make(_carry.Spend());
        }

        _elementStart = -1;
        input = input[length..];
        return true;
    }

    /// <inheritdoc/>
    public bool TryComplete(out Frame frame)
    {
        _carry.ReleaseSpent();
        frame = default;
        if (_carry.Length == 0)
            return false;
        frame = Make(_carry.Spend());
        _elementStart = -1;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _carry.Release();

    private Frame Make(ReadOnlySpan<byte> raw) => new(raw, default, _elementStart < 0 ? default : raw[_elementStart..]);

    /// <summary>Offset just after the frame that the input completes, or -1.</summary>
    private int FindEnd(ReadOnlySpan<byte> input)
    {
        for (var at = 0; at < input.Length;)
        {
            if (_depth == 0)
            {
                if (input[at] == (byte)']')
                    return at + 1;
                if (input[at] == (byte)'{')
                    (_depth, _elementStart) = (1, _carry.Length + at);
                else if (!IsBetween(input[at]))
                    throw new InvalidDataException("The stream is not a JSON array of objects.");
                at++;
                continue;
            }

            var end = _inString ? Text(input, ref at) : Inside(input, ref at);
            if (end > 0)
                return end;
        }

        return -1;
    }

    private int Text(ReadOnlySpan<byte> input, ref int at)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            at++;
            return 0;
        }

        var next = input[at..].IndexOfAny(StringEnds);
        at = next < 0 ? input.Length : at + next + 1;
        if (next >= 0)
        {
            _isEscaped = input[at - 1] == (byte)'\\';
            _inString = _isEscaped;
        }

        return 0;
    }

    private int Inside(ReadOnlySpan<byte> input, ref int at)
    {
        var next = input[at..].IndexOfAny(Structure);
        at = next < 0 ? input.Length : at + next + 1;
        if (next < 0)
            return 0;
        switch (input[at - 1])
        {
            case (byte)'"':
                _inString = true;
                return 0;
            case (byte)'{':
                _depth++;
                return 0;
            default:
                return --_depth == 0 ? at : 0;
        }
    }

    private static bool IsBetween(byte value) => value is (byte)'[' or (byte)',' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
}
