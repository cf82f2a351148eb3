using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Spine.Lanes;

namespace Weir.Core.Tests.Dialects;

/// <summary>Runs any dialect over bytes.</summary>
internal sealed class DialectKit(IDialect dialect, StreamFraming framing = StreamFraming.ServerSentEvents)
{
    public static readonly UpstreamTarget Target = new("up", UpstreamQuirks.None, 4096);

    public IDialect Dialect => dialect;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public RequestFacts Facts(string body, CallHead head = default)
    {
        var result = dialect.ReadFacts(Bytes(body), head);
        Assert.True(result.IsOk, result.Error?.Message);
        return result.Facts;
    }

    public BadRequest Refused(string body, CallHead head = default)
    {
        var result = dialect.ReadFacts(Bytes(body), head);
        Assert.False(result.IsOk);
        return result.Error;
    }

    public string Spliced(byte[] body, CallHead head = default, UpstreamTarget? target = null)
    {
        var result = dialect.ReadFacts(body, head);
        Assert.True(result.IsOk, result.Error?.Message);
        List<Splice> splices = [];
        dialect.PlanSplices(result.Facts, target ?? Target, splices);
        var output = new ArrayBufferWriter<byte>();
        Splicer.Write(body, splices, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public (ModelRequest Request, TranslationNotes Notes) Read(string body, CallHead head = default)
    {
        Facts(body, head);
        var notes = new TranslationNotes();
        return (dialect.ReadRequest(Bytes(body), notes, head), notes);
    }

    public (string Body, TranslationNotes Notes) Write(ModelRequest request, UpstreamTarget? target = null)
    {
        var notes = new TranslationNotes();
        var output = new ArrayBufferWriter<byte>();
        dialect.WriteRequest(request, target ?? Target, output, notes);
        return (Encoding.UTF8.GetString(output.WrittenSpan), notes);
    }

    public (ResponseFacts Facts, byte[] Output) Tap(byte[] answer, bool stream, Func<int>? chunk = null, RequestFacts? request = null)
    {
        var tap = dialect.CreateTap(request ?? new RequestFacts { Model = "m", Stream = stream, ClientWantsUsage = true }, Target);
        var output = new ArrayBufferWriter<byte>();
        if (!stream)
        {
            tap.OnBody(answer);
            output.Write(answer);
            return (tap.Facts, output.WrittenSpan.ToArray());
        }

        var replacement = new ArrayBufferWriter<byte>();
        Frames(answer, chunk ?? (() => int.MaxValue), (in Frame frame) =>
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

    public (ResponseFacts Facts, List<ModelEvent> Events) Events(byte[] answer, bool stream, Func<int>? chunk = null)
    {
        var reader = dialect.CreateReader(stream, Target);
        List<ModelEvent> events = [];
        if (stream)
            Frames(answer, chunk ?? (() => int.MaxValue), (in Frame frame) => reader.OnFrame(frame, events));
        else
            reader.OnBody(answer, events);
        if (stream && reader.Facts is { IsComplete: false, Failure: null, MayEndUnmarked: true })
        {
            reader.OnClose(events);
            events.Add(new ModelEvent.End());
        }

        return (reader.Facts, events);
    }

    public string Answer(IEnumerable<ModelEvent> events, bool stream, Operation operation = Operation.Chat)
    {
        var writer = dialect.CreateResponseWriter(new ResponseShape(stream, true, "shown", "resp_1", 1_700_000_000) { Operation = operation });
        var output = new ArrayBufferWriter<byte>();
        foreach (var e in events)
            writer.Write(e, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public delegate void OnFrame(in Frame frame);

    public void Frames(byte[] stream, Func<int> chunk, OnFrame onFrame)
    {
        using var framer = Framers.Create(framing);
        for (var at = 0; at < stream.Length;)
        {
            var length = Math.Clamp(chunk(), 1, stream.Length - at);
            ReadOnlySpan<byte> input = stream.AsSpan(at, length);
            while (framer.TryRead(ref input, out var frame))
                onFrame(frame);
            at += length;
        }

        if (framer.TryComplete(out var last))
            onFrame(last);
    }
}
