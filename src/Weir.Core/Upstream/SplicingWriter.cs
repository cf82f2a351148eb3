using Weir.Core.Dialects;

namespace Weir.Core.Upstream;

/// <summary>Applies splices to a body that comes in pieces; what is not edited is handed on as it is, uncopied.</summary>
/// <param name="output">Where the body goes.</param>
/// <param name="splices">Sorted by offset, not overlapping.</param>
internal sealed class SplicingWriter(Stream output, List<Splice> splices)
{
    private long _at;
    private long _skip;
    private int _next;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        while (!piece.IsEmpty)
        {
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, piece.Length);
                piece = piece[skipped..];
                (_skip, _at) = (_skip - skipped, _at + skipped);
                continue;
            }

            if (await ReplaceAsync(cancellationToken))
                continue;
            var plain = _next < splices.Count ? (int)Math.Min(splices[_next].Offset - _at, piece.Length) : piece.Length;
            await output.WriteAsync(piece[..plain], cancellationToken);
            piece = piece[plain..];
            _at += plain;
        }
    }

    /// <summary>The body has ended: what is inserted at its end.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        while (await ReplaceAsync(cancellationToken))
        {
        }
    }

    private async ValueTask<bool> ReplaceAsync(CancellationToken cancellationToken)
    {
        if (_next >= splices.Count || splices[_next].Offset != _at)
            return false;
        var splice = splices[_next++];
        _skip = splice.Length;
        await output.WriteAsync(splice.Replacement, cancellationToken);
        return true;
    }
}
