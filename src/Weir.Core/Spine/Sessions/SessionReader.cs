using System.Buffers;
using Weir.Core.Dialects;
using Weir.Core.Spine.Steps;

namespace Weir.Core.Spine.Sessions;

/// <summary>Reads those upstream messages that tell of usage, and settles each answer. A message in one piece is not copied.</summary>
internal sealed class SessionReader(Exchange exchange, Attempt attempt, ISessionTap tap, Settle settle) : IDisposable
{
    private readonly PooledBody _message = new();
    private bool _isBegun;
    private bool _isWanted;

    public bool IsAnswering => tap.IsAnswering;

    public ValueTask TakeAsync(ReadOnlyMemory<byte> piece, bool isEnd)
    {
        if (!_isBegun)
            _isWanted = tap.Wants(piece.Span);
        var isWhole = !_isBegun && isEnd;
        _isBegun = !isEnd;
        if (!_isWanted)
            return ValueTask.CompletedTask;
        if (isWhole)
            return SettleAsync(piece.Span);
        _message.Write(piece.Span);
        if (!isEnd)
            return ValueTask.CompletedTask;
        var settled = SettleAsync(_message.Span);
        _message.Dispose();
        return settled;
    }

    public void Dispose() => _message.Dispose();

    private ValueTask SettleAsync(ReadOnlySpan<byte> message) =>
        tap.Read(message) is { } answer ? settle.AnswerAsync(exchange, attempt, answer) : ValueTask.CompletedTask;
}
