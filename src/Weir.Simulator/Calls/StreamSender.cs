using Microsoft.AspNetCore.Http;
using System.Buffers;
using Weir.Simulator.Answers;
using Weir.Simulator.Directives;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Calls;

/// <summary>Sends a stream event by event, with the pace and the faults the directives ask for.</summary>
internal sealed class StreamSender(Call call, IDialect dialect, Reply reply, CallDirectives directives, TimeProvider time)
{
    // Without a pace, events share writes: the upstream of a load test should cost little.
    private const int FlushAt = 4096;

    private static readonly byte[] Malformed = "data: {\"id\":\"broken\",\"choices\":[{\ndata\n:::\n\n"u8.ToArray();

    private readonly HttpResponse _response = call.Http.Response;
    private int _unflushed;
    private bool _outputSeen;

    public async Task SendAsync()
    {
        await _response.StartAsync(call.Gone);
        using var buffer = new EventBuffer();
        foreach (var next in dialect.Stream(call.Http.Request, reply, buffer))
        {
            if (await FaultAsync(buffer) || !await WaitTurnAsync(next))
            {
                return;
            }

            var last = next.Kind == EventKind.Last && directives.Cut is null && directives.Stall is null;
            call.Sent(next, reply.Request.Input);
            if (last)
            {
                // Filed before the client can have seen the end, so that whoever waits for the end finds the record.
                call.Finish(Completion.Complete);
            }

            if (!await WriteAsync(Bytes(buffer), next))
            {
                call.Finish(Completion.Aborted);
                return;
            }

            buffer.Clear();
        }

        if (!await FaultAsync(buffer))
        {
            call.Finish(Completion.Complete);
        }
    }

    /// <summary>Does what is due after the events sent so far; true when that ended the call.</summary>
    private async ValueTask<bool> FaultAsync(EventBuffer buffer)
    {
        if (call.Events == directives.Cut)
        {
            await FlushAsync();
            call.Finish(Completion.Cut);
            call.Http.Abort();
            return true;
        }

        if (call.Events == directives.Stall)
        {
            await FlushAsync();
            await Waiting.UntilGoneAsync(call.Gone);
            call.Finish(Completion.Stalled);
            return true;
        }

        if (call.Events == directives.End)
        {
            call.Finish(Completion.Ended);
            return true;
        }

        if (call.Events == directives.ErrorAt)
        {
            buffer.Clear();
            dialect.WriteStreamError(call.Http.Request, buffer);
            call.Finish(Completion.Errored);
            await _response.BodyWriter.WriteAsync(buffer.Written);
            return true;
        }

        return false;
    }

    private async ValueTask<bool> WaitTurnAsync(SimEvent next)
    {
        if (next.Kind != EventKind.Output || directives.Pace is not { } pace || directives.Chunk is not null)
        {
            return true;
        }

        var first = !_outputSeen;
        _outputSeen = true;
        if (first || await time.WaitAsync(pace, call.Gone))
        {
            return true;
        }

        call.Finish(Completion.Aborted);
        return false;
    }

    private ReadOnlyMemory<byte> Bytes(EventBuffer buffer) =>
        call.Events == directives.Garbage ? Malformed
        : directives.BadUtf8 is not null ? BrokenText.Break(buffer.Written.Span)
        : buffer.Written;

    private async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes, SimEvent next)
    {
        if (directives.Chunk is { } size)
        {
            for (; bytes.Length > 0; bytes = bytes[Math.Min(size, bytes.Length)..])
            {
                _response.BodyWriter.Write(bytes.Span[..Math.Min(size, bytes.Length)]);
                if (!await FlushAsync() || !await time.WaitAsync(directives.Pace ?? TimeSpan.Zero, call.Gone))
                {
                    return false;
                }
            }

            return true;
        }

        _response.BodyWriter.Write(bytes.Span);
        _unflushed += bytes.Length;
        var firstOutput = next.Kind == EventKind.Output && !_outputSeen;
        _outputSeen |= firstOutput;
        return directives.Pace is null && !firstOutput && _unflushed < FlushAt && next.Kind != EventKind.Last || await FlushAsync();
    }

    private async ValueTask<bool> FlushAsync()
    {
        _unflushed = 0;
        await _response.BodyWriter.FlushAsync();
        return !call.Gone.IsCancellationRequested;
    }
}
