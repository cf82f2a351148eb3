using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Tests.Dialects.OpenAiChat;

/// <summary>Short ways to run the dialect over text.</summary>
internal static class ChatKit
{
    public static readonly OpenAiChatDialect Dialect = new();

    public static readonly ResponseShape StreamShape = new(true, true, "shown", "resp_1", 1_700_000_000);
    public static readonly ResponseShape WholeShape = StreamShape with { Stream = false };

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static UpstreamTarget Target(string model = "m", UpstreamQuirks? quirks = null) => new(model, quirks ?? UpstreamQuirks.None, 4_096);

    public static RequestFacts Facts(string body)
    {
        var result = Dialect.ReadFacts(Bytes(body), Operation.Chat);
        Assert.True(result.IsOk, result.Error?.Message);
        return result.Facts;
    }

    public static RequestFacts StreamFacts(bool wantsUsage) => new() { Model = "m", Stream = true, ClientWantsUsage = wantsUsage };

    /// <summary>Runs a tap over a stream; gives the facts and what the client would get.</summary>
    public static (ResponseFacts Facts, byte[] Output) Tap(byte[] stream, RequestFacts request, UpstreamTarget target, Func<int> chunk)
    {
        var tap = Dialect.CreateTap(request, target);
        var output = new ArrayBufferWriter<byte>();
        var replacement = new ArrayBufferWriter<byte>();
        Frames(stream, chunk, (in Frame frame) =>
        {
            replacement.ResetWrittenCount();
            var verdict = tap.OnFrame(frame, replacement);
            if (verdict == FrameVerdict.Forward)
                output.Write(frame.Raw);
            else if (verdict == FrameVerdict.Replace)
                output.Write(replacement.WrittenSpan);
        });
        return (tap.Facts, output.WrittenSpan.ToArray());
    }

    public static (ResponseFacts Facts, List<ModelEvent> Events) Read(byte[] answer, bool stream, UpstreamTarget target, Func<int> chunk)
    {
        var reader = Dialect.CreateReader(stream, target);
        var events = new List<ModelEvent>();
        if (stream)
            Frames(answer, chunk, (in Frame frame) => reader.OnFrame(frame, events));
        else
            reader.OnBody(answer, events);
        // As the translating lane has it: an orderly close after the finish reason is an end.
        if (stream && reader.Facts is { IsComplete: false, Failure: null, MayEndUnmarked: true })
            events.Add(new ModelEvent.End());
        return (reader.Facts, events);
    }

    public static List<ModelEvent> ReadStream(string stream, UpstreamQuirks? quirks = null) =>
        Read(Bytes(stream), true, Target(quirks: quirks), () => int.MaxValue).Events;

    public static List<ModelEvent> ReadWhole(string body) => Read(Bytes(body), false, Target(), () => 0).Events;

    public static string Write(ResponseShape shape, IEnumerable<ModelEvent> events)
    {
        var writer = Dialect.CreateResponseWriter(shape);
        var output = new ArrayBufferWriter<byte>();
        foreach (var e in events)
            writer.Write(e, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static string WriteRequest(ModelRequest request, TranslationNotes notes, UpstreamQuirks? quirks = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Dialect.WriteRequest(request, Target(request.Model, quirks), output, notes);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public delegate void OnFrame(in Frame frame);

    public static void Frames(byte[] stream, Func<int> chunk, OnFrame onFrame)
    {
        using var framer = new SseFramer();
        for (var at = 0; at < stream.Length;)
        {
            var length = Math.Min(chunk(), stream.Length - at);
            ReadOnlySpan<byte> input = stream.AsSpan(at, length);
            while (framer.TryRead(ref input, out var frame))
                onFrame(frame);
            at += length;
        }

        if (framer.TryComplete(out var last))
            onFrame(last);
    }
}
