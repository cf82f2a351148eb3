using System.Collections.Concurrent;
using Weir.Core.Canon;
using Weir.Core.Tests.Dialects.OpenAiResponses;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Proof;

/// <summary>Every recorded exchange, natively and in every crossing.</summary>
internal static class ReplayRun
{
    public static List<Outcome> Run()
    {
        var outcomes = new ConcurrentBag<Outcome>();
        var work = ProofDialects.All.SelectMany(from => CorpusReader.Read(string.Join(',', from.Apis)).Select(e => (From: from, Exchange: e)));
        using var schemas = new ThreadLocal<SchemaProof?>(() => OpenApiSchema.Path is null ? null : new SchemaProof(OpenApiSchema.Load()));
        Parallel.ForEach(work, new ParallelOptions { MaxDegreeOfParallelism = 2 }, item =>
        {
            foreach (var outcome in Of(item.Exchange, item.From, schemas.Value))
                outcomes.Add(outcome);
        });
        return [.. outcomes.OrderBy(o => o.Key, StringComparer.Ordinal)];
    }

    private static List<Outcome> Of(RecordedExchange exchange, ProofDialect from, SchemaProof? schema)
    {
        List<Outcome> outcomes = [];
        void Add(ProofKind kind, ProofDialect to, ProofResult result, string? why) =>
            outcomes.Add(new Outcome(kind, exchange.Provider, exchange.Api, from.Name, to.Name, exchange.Id, result, why ?? ""));
        void Judge(ProofKind kind, ProofDialect to, Func<string?> check)
        {
            var fault = Guarded(check);
            Add(kind, to, fault is null ? ProofResult.Passed : ProofResult.Failed, fault);
        }

        if (OtherShape(exchange) is { } shape)
        {
            Add(ProofKind.Native, from, ProofResult.Skipped, shape);
            return outcomes;
        }

        if (exchange.Status == 200 || exchange.RequestBytes is not { Length: > 0 })
            Judge(ProofKind.Native, from, () => NativeProof.Check(exchange, from));
        var others = ProofDialects.All.Where(d => d != from).ToList();
        foreach (var to in others)
            Request(exchange, from, to, Add);
        var why = NoAnswer(exchange);
        List<ModelEvent> events = [];
        var unread = why is null ? Guarded(() => Read(exchange, from, out events)) : null;
        foreach (var to in others)
        {
            if ((why ?? AnswerProof.NoPlace(events, to)) is { } reason)
            {
                Add(ProofKind.Answer, to, ProofResult.Skipped, reason);
                continue;
            }

            var faults = new List<string>();
            var isEmitted = false;
            Judge(ProofKind.Answer, to, () => unread ?? AnswerProof.Check(exchange, events, to, (reply, stream) =>
            {
                if (schema is null || !SchemaProof.Covers(to, stream))
                    return;
                isEmitted = true;
                if (Guarded(() => schema.Check(reply, stream, to)) is { } fault)
                    faults.Add(fault);
            }));
            if (isEmitted)
                Judge(ProofKind.Schema, to, () => faults.FirstOrDefault());
        }

        return outcomes;
    }

    private static void Request(RecordedExchange exchange, ProofDialect from, ProofDialect to, Action<ProofKind, ProofDialect, ProofResult, string?> add)
    {
        var why = exchange.RequestBytes is not { Length: > 0 } body ? "the request was not recorded"
            : exchange.Status != 200 && !from.Dialect.ReadFacts(body, from.Head(exchange.Stream, exchange.Api)).IsOk ? "a malformed request, refused at the door" : null;
        if (why is null && exchange.Status != 200 && from.Dialect.ReadFacts(exchange.RequestBytes, from.Head(exchange.Stream, exchange.Api)).Facts!.MessageCount == 0)
            why = "a conversation without a message, refused by its provider";
        if (why is not null)
        {
            add(ProofKind.Request, to, ProofResult.Skipped, why);
            return;
        }

        var isRefused = false;
        var fault = Guarded(() =>
        {
            (var found, isRefused) = RequestProof.Check(exchange, from, to);
            return found;
        });
        add(ProofKind.Request, to, fault is not null ? ProofResult.Failed : isRefused ? ProofResult.Refused : ProofResult.Passed, fault);
    }

    /// <summary>The events, and whether they are the same however the bytes are cut.</summary>
    private static string? Read(RecordedExchange exchange, ProofDialect from, out List<ModelEvent> events)
    {
        var (answer, target) = (exchange.DecodedResponseBytes, from.TargetFor(exchange));
        events = from.Read(answer, exchange.Stream, target);
        if (!exchange.Stream)
            return null;
        var random = new Random(answer.Length);
        foreach (var chunk in (Func<int>[])[() => 1, () => random.Next(1, 64), () => random.Next(1, 4096)])
        {
            if (!events.Select(Text).SequenceEqual(from.Read(answer, true, target, chunk).Select(Text)))
                return "the events depend on the chunking";
        }

        return null;

        static string Text(ModelEvent e) => e.ToString();
    }

    /// <summary>Recordings under a path whose shape is not that of the API.</summary>
    private static string? OtherShape(RecordedExchange exchange) => exchange switch
    {
        // {"value":…} without any end.
        { Api: "openai.completions", Provider: "writer" } => "the provider streamed a shape of its own under this path",
        _ => null,
    };

    private static string? NoAnswer(RecordedExchange exchange) => exchange switch
    {
        { Status: not 200 } => "an error answer: it is told as an error, not translated as an answer",
        { File: var file } when file.Contains("spliced", StringComparison.Ordinal) => "spliced together by the recorder: its first call's arguments are cut",
        _ when exchange.DecodedResponseBytes.Length == 0 => "the recorder kept nothing of the answer",
        _ => null,
    };

    /// <summary>An exception is a fault of the code under test.</summary>
    private static string? Guarded(Func<string?> check)
    {
        try
        {
            return check();
        }
        catch (Exception e)
        {
            return $"threw {e.GetType().Name} at {e.StackTrace?.Split('\n')[0].Trim()}";
        }
    }
}
