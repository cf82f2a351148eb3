namespace Weir.Core.Dialects.Sse;

/// <summary>Finds the blank line that ends a frame; keeps its state over chunk borders, so no byte is looked at twice.</summary>
internal struct SseLineScanner
{
    private int _bomBytes;
    private bool _bomPassed;
    private bool _lineHasText;
    private bool _afterCr;
    private bool _blankLineSeen;

    public SseLineScanner()
    {
    }

    /// <summary>Length up to and including the end of the frame, or -1 when <paramref name="bytes"/> do not hold it.</summary>
    public int FindFrameEnd(ReadOnlySpan<byte> bytes)
    {
        var at = _bomPassed ? 0 : PassByteOrderMark(bytes);
        while (true)
        {
            if (_afterCr)
            {
                if (at == bytes.Length)
                    return -1;
                _afterCr = false;
                if (bytes[at] == (byte)'\n')
                    at++;
                if (_blankLineSeen)
                {
                    _blankLineSeen = false;
                    return at;
                }
            }

            if (at == bytes.Length)
                return -1;
            var toBreak = bytes[at..].IndexOfAny((byte)'\n', (byte)'\r');
            if (toBreak < 0)
            {
                _lineHasText = true;
                return -1;
            }

            var blank = toBreak == 0 && !_lineHasText;
            _lineHasText = false;
            at += toBreak + 1;
            if (bytes[at - 1] == (byte)'\n')
            {
                if (blank)
                    return at;
                continue;
            }

            _afterCr = true;
            _blankLineSeen = blank;
        }
    }

    private int PassByteOrderMark(ReadOnlySpan<byte> bytes)
    {
        var mark = "\uFEFF"u8;
        var at = 0;
        while (at < bytes.Length && _bomBytes < mark.Length && bytes[at] == mark[_bomBytes])
        {
            at++;
            _bomBytes++;
        }

        if (at == bytes.Length && _bomBytes < mark.Length)
            return at;
        _bomPassed = true;
        _lineHasText = _bomBytes is > 0 and < 3;
        return at;
    }
}
