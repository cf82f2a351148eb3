using Weir.Core.Continuity;
using Weir.Core.Dialects;
using Weir.Core.Spine.Continuations;
using Weir.Core.Upstream;

namespace Weir.Core.Spine.Lanes;

/// <summary>Chooses the cheapest lane that is correct for an answer, and makes what lanes and whole answers are read and written with.</summary>
internal sealed class LaneFactory(ReasoningMemory memory, AnswerMemory answers)
{
    /// <summary>The lane of a streamed answer; the attempt is told which it is.</summary>
    public ILane Create(Exchange exchange, Attempt attempt, HttpResponseMessage response, StreamFraming framing)
    {
        var planned = attempt.Planned;
        var target = UpstreamRequests.TargetFor(planned);
        if (framing == StreamFraming.Raw)
            return new RawLane(planned.Dialect.CreateTap(exchange.Facts!, target));
        var framer = Framers.Create(framing);
        if (attempt.Prefill is { } prefill)
        {
            attempt.Lane = Lane.Translate;
            var reader = planned.Dialect.CreateReader(stream: true, target);
            return new TranslateLane(reader, new ContinuedAnswer(prefill, reader.Facts), framer, KeeperFor(exchange));
        }
        if (Continuable(exchange, attempt) is { } answer)
        {
            // Written by us even in the provider's own dialect: whoever goes on must know what the client got, event by event.
            attempt.Answer = answer;
            attempt.Lane = planned.IsNative ? Lane.Rewrite : Lane.Translate;
            return new TranslateLane(planned.Dialect.CreateReader(stream: true, target), answer, framer, KeeperFor(exchange));
        }
        if (!planned.IsNative)
        {
            attempt.Lane = Lane.Translate;
            return new TranslateLane(planned.Dialect.CreateReader(stream: true, target), WriterFor(exchange, stream: true), framer, KeeperFor(exchange));
        }

        var tap = TapFor(exchange, attempt, target);
        tap.OnHead(HeaderOf(response));
        attempt.Lane = tap.MayRewrite ? Lane.Rewrite : Lane.Native;
        return tap.MayRewrite ? new RewriteLane(tap, framer) : new NativeLane(tap, framer);
    }

    /// <summary>The answer as one that others may go on with, where the route wants that and the call allows it.</summary>
    private OpenAnswer? Continuable(Exchange exchange, Attempt attempt)
    {
        if (exchange.Plan?.Attempts.Continue != true)
            return null;
        attempt.NotContinued = ContinuableCalls.WhyNot(exchange, attempt.Planned, out var stops);
        return attempt.NotContinued is null ? new OpenAnswer(WriterFor(exchange, stream: true), stops) : null;
    }

    /// <summary>Keeps the reasoning of answers whose client cannot bring it back.</summary>
    public TurnKeeper? KeeperFor(Exchange exchange) => exchange.Dialect.ClientsCarryReasoning ? null : new TurnKeeper(memory, exchange.Caller!.Tenant);

    /// <summary>What looks at an answer in the client's own dialect.</summary>
    public IResponseTap TapFor(Exchange exchange, Attempt attempt, UpstreamTarget target)
    {
        var (facts, planned) = (exchange.Facts!, attempt.Planned);
        var tap = planned.Dialect.CreateTap(facts, target);
        return facts.KeepsAnswer || facts.MayMakeContainer
            ? answers.Placing(tap, facts.KeepsAnswer, exchange.Caller!.Tenant, new AnswerPlace(planned.Target.Provider.Name, attempt.Credential?.Name))
            : tap;
    }

    /// <summary>What writes an answer for the client.</summary>
    public IResponseWriter WriterFor(Exchange exchange, bool stream) =>
        answers.Keeping(exchange.Dialect.CreateResponseWriter(Shape(exchange, stream)), exchange.Caller!.Tenant);

    /// <summary>How the client wants its answer.</summary>
    public static ResponseShape Shape(Exchange exchange, bool stream) => new(stream, exchange.Facts!.ClientWantsUsage, exchange.Facts.Model,
        exchange.Id, exchange.StartedAt.ToUnixTimeSeconds())
    {
        Framing = exchange.Facts.Framing,
        Request = exchange.Named.IsEmpty ? exchange.Body.Memory : exchange.Named,
        Operation = exchange.Operation,
        Route = exchange.Head.Route,
        LegacyFunctions = exchange.Facts.LegacyFunctions,
    };

    /// <summary>Looks headers of an answer up.</summary>
    public static Func<string, string?> HeaderOf(HttpResponseMessage response) =>
        name => response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
