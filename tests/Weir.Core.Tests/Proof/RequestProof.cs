using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Tests.Dialects.AnthropicMessages;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Proof;

/// <summary>A recorded request as the body for an upstream of another dialect.</summary>
internal static class RequestProof
{
    /// <summary>What is wrong with the crossing, or null; and whether it was refused with a reason.</summary>
    public static (string? Fault, bool IsRefused) Check(RecordedExchange exchange, ProofDialect from, ProofDialect to)
    {
        var notes = new TranslationNotes();
        var request = from.Dialect.ReadRequest(exchange.RequestBytes, notes, from.Head(exchange.Stream, exchange.Api));
        var output = new ArrayBufferWriter<byte>();
        to.Dialect.WriteRequest(request, to.TargetFor(), output, notes);
        if (notes.HasRefusals)
            return (notes.All.Any(n => n.Fate == ParameterFate.Refused && n.Reason.Length == 0) ? "refused without a reason" : null, true);
        var body = output.WrittenSpan.ToArray();
        var head = to.Head(request.Stream);
        var facts = to.Dialect.ReadFacts(body, head);
        if (!facts.IsOk)
            return ($"not accepted: {facts.Error!.Message}", false);
        var again = to.Dialect.ReadRequest(body, new TranslationNotes(), head);
        if (again.Stream != request.Stream)
            return ("stream", false);
        // What was left out or changed is said; nothing else may be missing.
        var said = notes.All.Count > 0;
        if (!said && to.Carries.HasFlag(Carries.Calls))
        {
            if (!request.Tools.Select(t => t.Name).SequenceEqual(again.Tools.Select(t => t.Name)))
                return ("tools are missing and no note says so", false);
            if (!Calls(request).SequenceEqual(Calls(again)))
                return ("calls changed and no note says so", false);
        }

        return (said || Words(request) == Words(again) ? null : "text changed and no note says so", false);
    }

    private static IEnumerable<(string, string)> Calls(ModelRequest request) =>
        request.Messages.SelectMany(m => m.Content).OfType<ContentPart.ToolCall>().Select(c => (c.Name, Answer.Normalised(c.ArgumentsJson)));

    /// <summary>Merging and splitting of texts is free, the words and their order are not.</summary>
    private static string Words(ModelRequest request) => string.Concat(request.Messages.SelectMany(m => m.Content)
        .Select(p => p switch { ContentPart.Text text => text.Value, ContentPart.Refusal refusal => refusal.Value, _ => "" })
        .SelectMany(t => t).Where(c => !char.IsWhiteSpace(c)));
}
