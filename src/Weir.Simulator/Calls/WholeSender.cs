using Weir.Simulator.Answers;
using Weir.Simulator.Directives;
using Weir.Simulator.Json;
using Weir.Simulator.Records;

namespace Weir.Simulator.Calls;

/// <summary>Sends a single body. A body that is cut, stalled, ended early or garbled has served nothing.</summary>
internal sealed class WholeSender(Call call, IDialect dialect, Reply reply, CallDirectives directives, TimeProvider time)
{
    public async Task SendAsync()
    {
        var delay = (directives.Pace ?? TimeSpan.Zero) * Math.Max(0, reply.Usage.Output - 1);
        if (directives.Chunk is null && !await time.WaitAsync(delay, call.Gone))
        {
            call.Finish(Completion.Aborted, 0);
            return;
        }

        using var buffer = new EventBuffer();
        dialect.WriteWhole(call.Http.Request, reply, buffer);
        var body = directives.BadUtf8 is null ? buffer.Written : BrokenText.Break(buffer.Written.Span);
        if (directives.ErrorAt is not null)
        {
            throw new ApiFault(500, "The server had an error while processing your request.");
        }

        if (directives.Cut is not null)
        {
            await PartAsync(body[..(body.Length / 2)], body.Length);
            call.Finish(Completion.Cut);
            call.Http.Abort();
        }
        else if (directives.Stall is not null)
        {
            await PartAsync(body[..(body.Length / 2)], body.Length);
            await Waiting.UntilGoneAsync(call.Gone);
            call.Finish(Completion.Stalled);
        }
        else if (directives.End is not null || directives.Garbage is not null)
        {
            CallRunner.WriteUnflushed(call.Http.Response, body[..(body.Length / 2)]);
            call.Finish(Completion.Ended);
        }
        else if (directives.Chunk is { } size)
        {
            await ChunkedAsync(body, size);
        }
        else
        {
            CallRunner.WriteUnflushed(call.Http.Response, body);
            call.SentWhole(reply.Usage, reply.Report != UsageReport.None);
            call.Finish(Completion.Complete);
        }
    }

    private async Task PartAsync(ReadOnlyMemory<byte> part, int announced)
    {
        call.Http.Response.ContentLength = announced;
        await call.Http.Response.BodyWriter.WriteAsync(part);
    }

    private async Task ChunkedAsync(ReadOnlyMemory<byte> body, int size)
    {
        for (; body.Length > 0; body = body[Math.Min(size, body.Length)..])
        {
            await call.Http.Response.BodyWriter.WriteAsync(body[..Math.Min(size, body.Length)]);
            if (!await time.WaitAsync(directives.Pace ?? TimeSpan.Zero, call.Gone))
            {
                call.Finish(Completion.Aborted);
                return;
            }
        }

        call.SentWhole(reply.Usage, reply.Report != UsageReport.None);
        call.Finish(Completion.Complete);
    }
}
