using System.Buffers;
using System.Globalization;
using Weir.Core.Canon;
using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Errors;
using Weir.Core.Metering;
using Weir.Core.Routing;
using Weir.Core.Spine.Lanes;
using Weir.Core.Telemetry;
using Weir.Core.Tokens;
using Weir.Core.Upstream;

namespace Weir.Core.Spine.Steps;

/// <summary>
/// Step 8: the upstream's answer → the client, on the cheapest lane that is correct. Leaves with: what the attempt's
/// <see cref="ResponseFacts"/> learnt, and the answer delivered (null) or the failure.
/// </summary>
public sealed class Relay(Settle settle, ReasoningMemory memory, AnswerMemory answers, ObjectKeeping objects, ITokenCounter tokens, WeirMetrics metrics,
    TimeProvider time)
{
    /// <summary>Largest answer that is not a stream, after decompression.</summary>
    private const int MaxWholeBytes = 256 << 20;

    /// <summary>The same for an answer that came packed although nobody asked for it: no room for a bomb.</summary>
    private const int MaxUnpackedBytes = 32 << 20;

    /// <summary>Largest error body read.</summary>
    private const int MaxErrorBytes = 1 << 20;

    /// <summary>Longest wait for an error's body.</summary>
    private static readonly TimeSpan ErrorBodyPatience = TimeSpan.FromSeconds(5);

    private readonly LaneFactory _lanes = new(memory, answers);
    private readonly StreamPump _pump = new(metrics, time);

    public async ValueTask<GatewayError?> RunAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, AttemptClock clock, int standby)
    {
        await using var upstream = UpstreamBody.Open(response);
        var asked = exchange.Facts!.Stream || exchange.Facts.AnswerDecidesStream;
        if (attempt.Planned.Dialect.FramingOf(ResponseHead.MediaType(response), exchange.Facts) is not { } framing)
            return await WholeAsync(exchange, attempt, response, upstream, clock);
        return asked
            ? await StreamAsync(exchange, attempt, response, upstream, framing, clock, standby)
            : Unreadable(attempt, "an event stream where none was asked for");
    }

    /// <summary>Reads an upstream's refusal (status other than 2xx): classified, and kept to pass on when the dialect is the client's.</summary>
    public async ValueTask<GatewayError?> ReadRejectionAsync(Attempt attempt, HttpResponseMessage response, AttemptClock clock)
    {
        using var body = new PooledBody();
        await using (var upstream = UpstreamBody.Open(response))
            await UpstreamBody.ReadSomeAsync(upstream, body, MaxErrorBytes, ErrorBodyPatience, time, clock.Token);

        var status = (int)response.StatusCode;
        // A redirect is not followed (it could lead anywhere) and is no fault of the caller's.
        attempt.Outcome = status is >= 400 and < 500 ? AttemptOutcome.Rejected : AttemptOutcome.Failed;
        attempt.MayHaveCost = false;
        var failure = attempt.Planned.Dialect.ReadError(status, body.Span) with { Status = status };
        failure = failure with { RetryAfter = RetryHints.Read(response, time.GetUtcNow()) ?? failure.RetryAfter };

        var text = System.Text.Encoding.UTF8.GetString(body.Span);
        // Google answers a refused stream with its JSON document under the stream's content type.
        var isJson = ResponseHead.MediaType(response) is { } type
            && (type.EndsWith("json", StringComparison.OrdinalIgnoreCase) || type.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase));
        // Same dialect: passed on as it is, a 401 too, unless it shows part of our credential (providers echo masked keys).
        if (status >= 400 && attempt.Planned.IsNative && isJson && failure.Message is not null && !UpstreamErrors.Leaks(attempt, text))
        {
            var headers = response.Headers.NonValidated.Where(h => HeaderPolicy.GoesDown(h.Key))
                .Select(h => KeyValuePair.Create(h.Key, h.Value.ToString())).ToList();
            attempt.Rejection = new UpstreamAnswer(status, ResponseHead.ContentType(response), body.Span.ToArray(), headers);
        }
        return UpstreamErrors.From(attempt, failure);
    }

    /// <summary>Token counts where no provider can be asked, or none answered: our own for the target, said to be an estimate where it is one.</summary>
    public async ValueTask<GatewayError?> AnswerCountAsync(Exchange exchange, PlannedTarget planned)
    {
        var output = new ArrayBufferWriter<byte>(64);
        var request = exchange.Dialect.ReadRequest(exchange.Body.Memory, new TranslationNotes(), exchange.Head);
        var count = tokens.CountPrompt(planned.Target.Name, request);
        exchange.Dialect.WriteTokenCount(count.Tokens, output);
        exchange.Client.StatusCode = exchange.ClientStatus = 200;
        exchange.Client.SetHeader("content-type", "application/json");
        exchange.Client.SetHeader("content-length", output.WrittenCount.ToString(CultureInfo.InvariantCulture));
        if (count.Basis == TokenBasis.Estimated)
            exchange.Client.SetHeader("x-weir-estimated", "input_tokens");
        ReplyHead.WriteRequestId(exchange);
        ReplyHead.WriteOwn(exchange, null);
        exchange.CommittedAfter = TimeSpan.Zero;
        exchange.Client.Output.Write(output.WrittenSpan);
        await exchange.Client.Output.FlushAsync(exchange.Client.Gone);
        return null;
    }

    private async ValueTask<GatewayError?> StreamAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, Stream upstream,
        StreamFraming framing, AttemptClock clock, int standby)
    {
        using var lane = _lanes.Create(exchange, attempt, response, framing);
        attempt.Facts = lane.Facts;
        try
        {
            return await _pump.RunAsync(exchange, attempt, response, upstream, lane, framing, clock, standby);
        }
        finally
        {
            if (attempt.IsCommitted)
                metrics.StreamClosed();
        }
    }

    private async ValueTask<GatewayError?> WholeAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, Stream upstream, AttemptClock clock)
    {
        if (attempt.Prefill is not null)
            return Unreadable(attempt, "a whole answer where the rest of a stream was asked for");
        using var body = new PooledBody();
        if (ResponseHead.ContentLength(response) is { } length and < MaxErrorBytes)
            body.Reserve((int)length + 1);
        if (!await UpstreamBody.ReadAllAsync(upstream, body, UpstreamBody.IsPacked(response) ? MaxUnpackedBytes : MaxWholeBytes, clock))
            return Unreadable(attempt, "its answer is larger than the gateway holds");

        using var reply = new PooledBody();
        var target = UpstreamRequests.TargetFor(attempt.Planned);
        if (attempt.Planned.IsNative)
        {
            attempt.Lane = Lane.Native;
            var tap = _lanes.TapFor(exchange, attempt, target);
            tap.OnHead(LaneFactory.HeaderOf(response));
            tap.OnBody(body.Span);
            attempt.Facts = tap.Facts;
        }
        else if (exchange.Operation == Operation.CountTokens)
        {
            attempt.Lane = Lane.Translate;
            attempt.Facts = TranslateCount(exchange, attempt, body, reply);
        }
        else if (attempt.OneShot is { } question)
        {
            attempt.Lane = Lane.Translate;
            TranslateOneShot(exchange, attempt, question, target, body, reply);
        }
        else
        {
            attempt.Lane = Lane.Translate;
            Translate(exchange, attempt, target, body, reply);
        }

        attempt.TimeToFirstToken = time.GetElapsedTime(attempt.StartTimestamp);
        if (attempt.Facts!.Failure is { } failure)
        {
            attempt.Outcome = AttemptOutcome.Failed;
            return UpstreamErrors.From(attempt, failure);
        }
        if (!attempt.Facts.IsComplete)
            return Unreadable(attempt, $"content type {ResponseHead.ContentType(response) ?? "none"}, {body.Length} bytes");
        if (ContentRefusals.IsLeft(exchange, attempt))
            return ContentRefusals.Leave(attempt);

        attempt.Outcome = AttemptOutcome.Ok;
        settle.Price(exchange, attempt);
        var fate = exchange.Facts!.Objects is null ? ObjectFate.AsItCame : await objects.TakeAsync(exchange, attempt, body, reply);
        if (fate == ObjectFate.NextPage)
            return exchange.Attempts.Count < ObjectLists.MaxPages ? null : GatewayErrors.ListTooLong(exchange.Attempts.Count);
        await SendAsync(exchange, attempt, response, attempt.Planned.IsNative && fate == ObjectFate.AsItCame ? body : reply);
        return null;
    }

    private void Translate(Exchange exchange, Attempt attempt, UpstreamTarget target, PooledBody body, PooledBody reply)
    {
        var reader = attempt.Planned.Dialect.CreateReader(stream: false, target);
        attempt.Facts = reader.Facts;
        var events = new List<ModelEvent>();
        reader.OnBody(body.Memory, events);
        // A client that wants a stream gets one even when the upstream answered whole.
        var writer = _lanes.WriterFor(exchange, exchange.Facts!.Stream);
        var keeper = _lanes.KeeperFor(exchange);
        foreach (var modelEvent in events)
        {
            keeper?.Observe(modelEvent);
            if (modelEvent is not ModelEvent.Error)
                writer.Write(modelEvent, reply);
        }
    }

    private static ResponseFacts TranslateCount(Exchange exchange, Attempt attempt, PooledBody body, PooledBody reply)
    {
        if (((ITokenCountDialect)attempt.Planned.Dialect).ReadTokenCount(body.Span) is not { } count)
            return new ResponseFacts();
        exchange.Dialect.WriteTokenCount(count, reply);
        // Counting is free: an explicit zero, so that nobody estimates a price for it.
        return new ResponseFacts { Usage = default(Usage), UsageIsFinal = true, IsComplete = true, ContentStarted = true };
    }

    private static void TranslateOneShot(Exchange exchange, Attempt attempt, OneShotRequest question, UpstreamTarget target, PooledBody body, PooledBody reply)
    {
        var tap = attempt.Planned.Dialect.CreateTap(exchange.Facts!, target);
        tap.OnBody(body.Span);
        attempt.Facts = tap.Facts;
        if (!tap.Facts.IsComplete)
            return;
        if (((IOneShotDialect)attempt.Planned.Dialect).ReadOneShotAnswer(body.Memory, question) is { } answer)
            ((IOneShotDialect)exchange.Dialect).WriteOneShotAnswer(answer with { Usage = tap.Facts.Usage }, question, LaneFactory.Shape(exchange, stream: false), reply);
        else
            tap.Facts.IsComplete = false;
    }

    private async ValueTask SendAsync(Exchange exchange, Attempt attempt, HttpResponseMessage response, PooledBody body)
    {
        if (!exchange.TryCommit(attempt, time.GetElapsedTime(exchange.StartTimestamp)))
            throw new SupersededException();
        ReplyHead.WriteWhole(exchange, attempt, response, body.Length);
        if (attempt.Lane == Lane.Translate && exchange.Facts!.Stream)
            exchange.Client.SetHeader("content-type", exchange.Facts.Framing.ContentType());
        exchange.Client.Output.Write(body.Span);
        var flush = await exchange.Client.Output.FlushAsync(exchange.Client.Gone);
        if (flush.IsCompleted)
            throw new ClientGoneException();
    }

    private static GatewayError Unreadable(Attempt attempt, string detail)
    {
        attempt.Outcome = AttemptOutcome.Failed;
        return GatewayErrors.UpstreamUnreadable(attempt.Planned.Target.Name, detail);
    }
}
