using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Telemetry;
using Weir.Core.Upstream;

namespace Weir.Core.Spine.Lanes;

/// <summary>
/// Moves one streamed answer. Until real content shows, what arrives is held back (bounded), so that a failure can go to
/// the next target unseen; then the answer is committed and every read is forwarded and flushed at once.
/// <code>
/// upstream --read--> [lane] --held start-up--> |commit| --flush--> client
/// </code>
/// </summary>
public sealed class StreamPump(WeirMetrics metrics, TimeProvider time)
{
    private const int ReadSize = 16 * 1024;

    /// <summary>Most bytes held back before the commit point.</summary>
    private const int MaxHeldBytes = 256 * 1024;

    /// <summary>Longest hold when no other target stands by: then the client may as well see the stream begin.</summary>
    private static readonly TimeSpan LastTargetHold = TimeSpan.FromSeconds(2);

    /// <summary>Runs to the end of the stream. Null = delivered completely.</summary>
    [SuppressMessage("Reliability", "CA2022", Justification = "A zero-byte read only waits.")]
    [SuppressMessage("Reliability", "CA2012", Justification = "Replaced by the task it was turned into, or awaited once.")]
    public async ValueTask<GatewayError?> RunAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, Stream upstream, ILane lane,
        StreamFraming framing, AttemptClock clock, int standby)
    {
        using var held = new PooledBody();
        using var keepAlive = new KeepAlive(exchange, attempt, clock, time);
        var facts = lane.Facts;
        var clean = false;
        try
        {
            while (!clean && facts.Failure is null)
            {
                if (facts.IsComplete || MissesOnlyMarker(facts))
                    clock.Arm(AttemptClock.Tail);
                else if (facts.ContentStarted)
                    clock.Arm(AttemptClock.Idle);
                // A zero-byte read waits with no buffer in hand, so that thousands of silent streams cost no memory. Here and not in a
                // method of its own, whose state would be allocated for every chunk.
                var ready = upstream.ReadAsync(Memory<byte>.Empty, clock.Token);
                if (!ready.IsCompleted && !attempt.IsCommitted && attempt.Prefill is null && standby == 0)
                {
                    var pending = ready.AsTask();
                    await HoldAsync(exchange, attempt, response, pending, held, framing, clock);
                    ready = new ValueTask<int>(pending);
                }
                // A sound or a file has no place for a sign of life.
                var lent = !ready.IsCompleted && !facts.IsComplete && framing != StreamFraming.Raw && keepAlive.Lend();
                try
                {
                    await ready;
                }
                finally
                {
                    if (lent)
                        await keepAlive.TakeBackAsync();
                }
                clean = !await ReadSomeAsync(upstream, lane, Sink(exchange, attempt, held), clock.Token);
                MarkFirstToken(attempt, facts);
                if (clean || facts.Failure is not null)
                    continue;
                if (attempt.IsCommitted)
                    await FlushAsync(exchange, held, clock);
                else if (facts.ContentStarted || (facts.IsComplete && !ContentRefusals.IsLeft(exchange, attempt)) || held.Length >= MaxHeldBytes)
                    await CommitAsync(exchange, attempt, response, held, framing, clock);
            }
            if (clean)
                lane.Finish(held);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException or InvalidDataException)
        {
            // A server that leaves out the end marker may leave its connection open as well: then its silence is the end.
            if (MissesOnlyMarker(facts) && clock.Expired?.Name == AttemptClock.Tail)
            {
                lane.Finish(held);
                clean = true;
            }
            // After the end marker nothing is missing, however the connection ended: every read was flushed before the next.
            else if (!facts.IsComplete || e is ClientGoneException or SupersededException)
            {
                var error = Outcomes.Classify(exchange, attempt, clock, e);
                return error.Kind == ErrorKind.ClientGone ? error : await BreakOffAsync(exchange, attempt, framing, error);
            }
        }

        return await EndAsync(exchange, attempt, response, lane, held, framing, clock, clean);
    }

    private async ValueTask<GatewayError?> EndAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, ILane lane, PooledBody held,
        StreamFraming framing, AttemptClock clock, bool clean)
    {
        var facts = lane.Facts;
        if (facts.Failure is { } failure)
        {
            attempt.Outcome = AttemptOutcome.Failed;
            var error = attempt.Prefill?.Divergence is { } how ? GatewayErrors.ContinuationDiverged(attempt.Planned.Target.Name, how) : UpstreamErrors.From(attempt, failure);
            if (!attempt.IsCommitted || attempt.Lane == Lane.Translate || attempt.Answer is not null)
                return await BreakOffAsync(exchange, attempt, framing, error);
            // Same dialect: the upstream's own error event is what the client reads.
            exchange.ToldInStream = true;
            await FlushAsync(exchange, held, clock);
            return error;
        }

        if (!facts.IsComplete && !(clean && LaneEnd.IsReached(facts)))
        {
            var target = attempt.Planned.Target.Name;
            var understood = facts.ContentStarted || facts.ServedModel is not null;
            attempt.Outcome = understood ? AttemptOutcome.Cut : AttemptOutcome.Failed;
            return await BreakOffAsync(exchange, attempt, framing, understood
                ? GatewayErrors.UpstreamCut(target, "the stream ended without its end marker")
                : GatewayErrors.UpstreamUnreadable(target, "the stream held no event of its dialect"));
        }

        if (ContentRefusals.IsLeft(exchange, attempt))
            return ContentRefusals.Leave(attempt);
        if (!attempt.IsCommitted)
            await CommitAsync(exchange, attempt, response, held, framing, clock);
        else if (held.Length > 0)
            await FlushAsync(exchange, held, clock);
        attempt.Outcome = AttemptOutcome.Ok;
        return null;
    }

    /// <summary>After the commit point a failure ends in the dialect's own error event; before it, the loop decides.</summary>
    private async ValueTask<GatewayError> BreakOffAsync(Exchange exchange, Attempt attempt, StreamFraming framing, GatewayError error)
    {
        // A sound or a file has no place for an error: its connection breaks, which is what tells the client. What may be gone on
        // with elsewhere is not over: the loop decides.
        if (!attempt.IsCommitted || framing == StreamFraming.Raw || attempt.Answer is not null)
            return error;
        await LastWord.TellAsync(exchange, error, time);
        return error;
    }

    private static bool MissesOnlyMarker(ResponseFacts facts) => facts is { IsComplete: false, MayEndUnmarked: true, UsageIsFinal: true, Failure: null };

    private static IBufferWriter<byte> Sink(Exchange exchange, Attempt attempt, PooledBody held) =>
        attempt.IsCommitted ? exchange.Client.Output : held;

    /// <summary>When nobody stands by, a long silence commits what there is: the client sees its stream begin rather than no head for minutes.</summary>
    private async ValueTask HoldAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, Task pending, PooledBody held, StreamFraming framing,
        AttemptClock clock)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(clock.Token);
        var first = await Task.WhenAny(pending, Task.Delay(LastTargetHold, time, over.Token));
        await over.CancelAsync();
        if (first != pending && !clock.Token.IsCancellationRequested)
            await CommitAsync(exchange, attempt, response, held, framing, clock);
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

    private async ValueTask CommitAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, PooledBody held, StreamFraming framing, AttemptClock clock)
    {
        if (attempt.Prefill is not null)
        {
            // The client has a head and the beginning already.
            attempt.IsCommitted = true;
            metrics.StreamOpened();
            await FlushAsync(exchange, held, clock);
            return;
        }
        if (!exchange.TryCommit(attempt, time.GetElapsedTime(exchange.StartTimestamp)))
            throw new SupersededException();
        if (framing == StreamFraming.Raw)
            ReplyHead.WriteRaw(exchange, attempt, response);
        else
            ReplyHead.WriteStream(exchange, attempt, response);
        metrics.StreamOpened();
        await FlushAsync(exchange, held, clock);
    }

    private static async ValueTask FlushAsync(Exchange exchange, PooledBody held, AttemptClock clock)
    {
        if (held.Length > 0)
        {
            exchange.Client.Output.Write(held.Span);
            held.Dispose();
        }

        // The upstream's clock may have ended it; what came before is the client's none the less.
        var flush = exchange.Client.Output.FlushAsync(clock.Expired is null ? clock.Token : exchange.Client.Gone);
        // While the client takes its time, the upstream is not to blame: only the total goes on.
        if (!flush.IsCompleted)
            clock.Arm(AttemptClock.Total);
        if ((await flush).IsCompleted)
            throw new ClientGoneException();
    }

    private void MarkFirstToken(Attempt attempt, ResponseFacts facts)
    {
        if (attempt.TimeToFirstToken is not null || !facts.ContentStarted)
            return;
        var first = time.GetElapsedTime(attempt.StartTimestamp);
        attempt.TimeToFirstToken = first;
        attempt.Waiting?.Came(first, time.GetUtcNow());
    }
}
