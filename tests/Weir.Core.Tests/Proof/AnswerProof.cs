using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Tests.Dialects.AnthropicMessages;
using Weir.Core.Tests.Dialects.Translation;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Proof;

/// <summary>A recorded answer, written for a client of another dialect and read again as that client reads it.</summary>
internal static class AnswerProof
{
    /// <summary>What the client of <paramref name="to"/> is told differently, or null; whole and as a stream, cut at random.</summary>
    public static string? Check(RecordedExchange exchange, List<ModelEvent> events, ProofDialect to, Action<byte[], bool> emitted)
    {
        var sent = Answer.Of(events);
        var random = new Random(exchange.DecodedResponseBytes.Length);
        List<string> states = [];
        foreach (var stream in (bool[])[true, false])
        {
            var written = to.Write(events, stream);
            // A cut stream is ended by the spine; a cut answer is no answer at all.
            if (sent is { Error: null, IsEnded: true })
                emitted(written, stream);
            if (written.Length == 0 && !sent.IsEnded)
                continue;
            foreach (var chunk in (Func<int>?[])(stream ? [null, () => random.Next(1, 64)] : [null]))
            {
                var again = to.Read(written, stream, to.TargetFor(), chunk);
                if (Difference(sent, Answer.Of(again), to) is { } difference)
                    return $"{(stream ? "stream" : "whole")}: {difference}";
                states.Add(string.Join('\n', NextTurn.Told(again)));
            }

            if (!stream && sent.IsEnded && to.Carries.HasFlag(Carries.Signatures) && NextTurn.Difference(events, written, to) is { } lost)
                return lost;
        }

        return states.Distinct().Count() > 1 ? "signatures differ between the stream and the whole answer" : null;
    }

    /// <summary>Why this answer cannot be told to a client of this dialect at all, or null.</summary>
    public static string? NoPlace(List<ModelEvent> events, ProofDialect to) =>
        !to.Carries.HasFlag(Carries.Calls) && events.Exists(e => e is ModelEvent.ToolCallStart) ? "tool calls have no place in a text completion" : null;

    private static string? Difference(Answer sent, Answer received, ProofDialect to)
    {
        if (sent.Error is not null || !sent.IsEnded)
            return received is { IsEnded: true, Error: null } ? "a cut answer looks complete" : null;
        if (!received.IsEnded)
            return $"no end ({received.Error})";
        // Without a place of its own a refusal is text; Anthropic's clients get it as an explanation as well.
        if (sent.Text + sent.Refusal is var said && said != received.Text + received.Refusal && said != received.Text)
            return "text";
        if (!SameCalls(sent, received))
            return "tool calls";
        if (to.Carries.HasFlag(Carries.Thinking) && sent.Thinking != received.Thinking)
            return "thinking";
        if (sent.Refusal.Length == 0 && StopClass(sent, to) != StopClass(received, to))
            return $"stop reason {sent.Stop} became {received.Stop}";
        if ((sent.Usage.InputTotal, sent.Usage.OutputTotal) != (received.Usage.InputTotal, received.Usage.OutputTotal))
            return $"usage {sent.Usage.InputTotal}+{sent.Usage.OutputTotal} became {received.Usage.InputTotal}+{received.Usage.OutputTotal}";
        return null;
    }

    private static StopReason? StopClass(Answer answer, ProofDialect to) =>
        Crossing.StopClass(answer) is StopReason.Refusal && to.Name is "cohere-chat" or "ollama-chat" ? StopReason.EndTurn : Crossing.StopClass(answer);

    /// <summary>Arguments that are no JSON object arrive under a member of their own where the dialect wants an object.</summary>
    private static bool SameCalls(Answer sent, Answer received) => sent.Calls.Count == received.Calls.Count && sent.Calls.Zip(received.Calls)
        .All(p => p.First.Name == p.Second.Name && (SameJson(p.First.Arguments, p.Second.Arguments) || Wrapped(p.Second.Arguments) is { } raw && SameJson(p.First.Arguments, raw)));

    private static bool SameJson(string one, string other) =>
        one == other || Parse(one) is { } a && Parse(other) is { } b && JsonNode.DeepEquals(a, b);

    private static string? Wrapped(string arguments) => Parse(arguments) is JsonObject { Count: 1 } wrapper ? (string?)wrapper["_raw_arguments"] : null;

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
