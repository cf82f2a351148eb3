using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Upstream;

namespace Weir.Core.Spine.Lanes;

/// <summary>
/// Moves one streamed answer. Until real content shows, what arrives is held back (bounded), so that a failure can go to
/// the next target unseen; then the answer is committed and every read is forwarded and flushed at once.
/// <code>
/// upstream --read--> [lane] --held start-up--> |commit| --flush--> client
/// </code>
/// </summary>
public sealed class StreamPump(TimeProvider time)
{
    private const int ReadSize = 16 * 1024;

    /// <summary>Most bytes held back before the commit point.</summary>
    private const int MaxHeldBytes = 256 * 1024;

    /// <summary>Longest hold when no other target stands by: then the client may as well see the stream begin.</summary>
    private static readonly TimeSpan LastTargetHold = TimeSpan.FromSeconds(2);

    /// <summary>Runs to the end of the stream. Null = delivered completely.</summary>
    public async ValueTask<GatewayError?> RunAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, Stream upstream, ILane lane,
        AttemptClock clock, int standby)
    {
        using var held = new PooledBody();
        var clean = false;
        try
        {
            while (true)
            {
                if (lane.Facts.ContentStarted)
                    clock.Arm(AttemptClock.Idle);
                await WaitForBytesAsync(exchange, attempt, response, upstream, held, clock, standby);
                var more = await ReadSomeAsync(upstream, lane, Sink(exchange, held), clock.Token);
                if (lane.Facts.Failure is { } early && exchange.CommittedAfter is null)
                    return Fail(attempt, early);

                MarkFirstToken(attempt, lane.Facts);
                if (!more)
                {
                    clean = true;
                    break;
                }

                if (exchange.CommittedAfter is not null)
                    await FlushAsync(exchange, held, clock.Token);
                else if (lane.Facts.ContentStarted || lane.Facts.IsComplete || held.Length >= MaxHeldBytes)
                    await CommitAsync(exchange, attempt, response, held);
            }

            lane.Finish(Sink(exchange, held));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // After the end marker nothing is missing, however the connection ended.
            if (!lane.Facts.IsComplete || exchange.Client.Gone.IsCancellationRequested)
            {
                var error = Outcomes.Classify(exchange, attempt, clock, e);
                return error.Kind == ErrorKind.ClientGone ? error : await BreakOffAsync(exchange, error);
            }
        }

        return await EndAsync(exchange, attempt, response, lane, held, clean);
    }

    private async ValueTask<GatewayError?> EndAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, ILane lane, PooledBody held, bool clean)
    {
        var facts = lane.Facts;
        var target = attempt.Planned.Target.Name;
        if (facts.Failure is { } failure)
        {
            var error = Fail(attempt, failure);
            // On native lanes the client has already read the upstream's own error event.
            return exchange.CommittedAfter is null || attempt.Lane != Lane.Translate ? error : await BreakOffAsync(exchange, error);
        }

        // Compatible servers may leave out the end marker; a finish reason and a clean close are enough then.
        if (!facts.IsComplete && !(clean && facts.FinishReason is not null))
        {
            attempt.Outcome = AttemptOutcome.Cut;
            return await BreakOffAsync(exchange, facts.ContentStarted || facts.ServedModel is not null
                ? GatewayErrors.UpstreamCut(target, "the stream ended without its end marker")
                : GatewayErrors.UpstreamUnreadable(target, "the stream held no event of its dialect"));
        }

        if (exchange.CommittedAfter is null)
            await CommitAsync(exchange, attempt, response, held);
        else
            await FlushAsync(exchange, held, exchange.Client.Gone);
        attempt.Outcome = AttemptOutcome.Ok;
        return null;
    }

    /// <summary>After the commit point a failure ends in the dialect's own error event; before it, the loop decides.</summary>
    private static async ValueTask<GatewayError> BreakOffAsync(Exchange exchange, GatewayError error)
    {
        if (exchange.CommittedAfter is not null)
        {
            exchange.Dialect.WriteStreamError(error, exchange.Id, exchange.Client.Output);
            await exchange.Client.Output.FlushAsync(exchange.Client.Gone);
        }
        return error;
    }

    private static IBufferWriter<byte> Sink(Exchange exchange, PooledBody held) =>
        exchange.CommittedAfter is null ? held : exchange.Client.Output;

    /// <summary>
    /// Waits with no buffer in hand (a zero-byte read), so that thousands of silent streams cost no memory. When nobody
    /// stands by, a long silence commits what there is: the client sees its stream begin rather than no head for minutes.
    /// </summary>
    [SuppressMessage("Reliability", "CA2022", Justification = "A zero-byte read only waits.")]
    private async ValueTask WaitForBytesAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, Stream upstream, PooledBody held,
        AttemptClock clock, int standby)
    {
        var ready = upstream.ReadAsync(Memory<byte>.Empty, clock.Token);
        if (ready.IsCompleted || exchange.CommittedAfter is not null || standby > 0)
        {
            await ready;
            return;
        }

        var pending = ready.AsTask();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(clock.Token);
        var first = await Task.WhenAny(pending, Task.Delay(LastTargetHold, time, over.Token));
        await over.CancelAsync();
        if (first != pending && !clock.Token.IsCancellationRequested)
            await CommitAsync(exchange, attempt, response, held);
        await pending;
    }

    /// <summary>One read into a borrowed buffer. False at the end of the stream.</summary>
    private static async ValueTask<bool> ReadSomeAsync(Stream upstream, ILane lane, IBufferWriter<byte> sink, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            var count = await upstream.ReadAsync(buffer, cancellationToken);
            if (count == 0)
                return false;
            lane.Accept(buffer.AsSpan(0, count), sink);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask CommitAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, PooledBody held)
    {
        ReplyHead.WriteStream(exchange, attempt, response);
        exchange.CommittedAfter = time.GetElapsedTime(exchange.StartTimestamp);
        await FlushAsync(exchange, held, exchange.Client.Gone);
    }

    private static async ValueTask FlushAsync(Exchange exchange, PooledBody held, CancellationToken cancellationToken)
    {
        if (held.Length > 0)
        {
            exchange.Client.Output.Write(held.Span);
            held.Dispose();
        }
        var flush = await exchange.Client.Output.FlushAsync(cancellationToken);
        if (flush.IsCompleted)
            throw new OperationCanceledException("The client stopped reading.");
    }

    private void MarkFirstToken(Attempt attempt, ResponseFacts facts)
    {
        if (attempt.TimeToFirstToken is null && facts.ContentStarted)
            attempt.TimeToFirstToken = time.GetElapsedTime(attempt.StartTimestamp);
    }

    private static GatewayError Fail(Attempt attempt, UpstreamFailure failure)
    {
        attempt.Outcome = AttemptOutcome.Failed;
        return UpstreamErrors.From(attempt, failure);
    }
}
