using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Tests.Dialects.AnthropicMessages;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Dialects.Translation;

/// <summary>An answer of one dialect, written in another and read again there: what a client of the other dialect understands.</summary>
internal static class Crossing
{
    public static readonly IDialect Anthropic = new AnthropicMessagesDialect();
    public static readonly IDialect Chat = new OpenAiChatDialect();
    public static readonly UpstreamTarget Target = new("target-model", UpstreamQuirks.None, 4096);

    public static List<ModelEvent> Read(IDialect dialect, byte[] answer, bool stream)
    {
        var events = new List<ModelEvent>();
        IResponseReader reader = dialect.CreateReader(stream, Target);
        if (stream)
            Wire.Frames(answer, () => int.MaxValue, (in Frame frame) => reader.OnFrame(frame, events));
        else
            reader.OnBody(answer, events);
        return events;
    }

    public static byte[] Write(IDialect dialect, IEnumerable<ModelEvent> events, bool stream)
    {
        var output = new ArrayBufferWriter<byte>();
        IResponseWriter writer = dialect.CreateResponseWriter(Wire.Shape(stream));
        foreach (ModelEvent e in events)
            writer.Write(e, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The recorded answer as read, and as read again after the crossing.</summary>
    public static (Answer Sent, Answer Received) Cross(RecordedExchange exchange, IDialect from, IDialect to, bool stream)
    {
        List<ModelEvent> events = Read(from, exchange.DecodedResponseBytes, exchange.Stream);
        return (Answer.Of(events), Answer.Of(Read(to, Write(to, events, stream), stream)));
    }

    /// <summary>A client's request in one dialect as the body for an upstream of the other.</summary>
    public static byte[] Request(IDialect from, IDialect to, byte[] body, TranslationNotes notes)
    {
        var output = new ArrayBufferWriter<byte>();
        to.WriteRequest(from.ReadRequest(body, notes), Target, output, notes);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The class of a stop reason as far as both dialects can tell it.</summary>
    public static StopReason? StopClass(Answer answer) => answer.Stop switch
    {
        StopReason.EndTurn or StopReason.StopSequence or StopReason.Pause or StopReason.Other or StopReason.ToolUse
            => answer.Calls.Count > 0 ? StopReason.ToolUse : StopReason.EndTurn,
        StopReason.ContentFilter or StopReason.Refusal => StopReason.Refusal,
        StopReason.MaxTokens or StopReason.ContextWindow => StopReason.MaxTokens,
        _ => answer.Stop,
    };
}
