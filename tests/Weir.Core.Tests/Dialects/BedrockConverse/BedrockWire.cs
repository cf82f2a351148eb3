using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.BedrockConverse;
using Weir.Core.Dialects.EventStream;
using Xunit;

namespace Weir.Core.Tests.Dialects.BedrockConverse;

/// <summary>Feeds bytes through the dialect and gives back what came out.</summary>
internal static class BedrockWire
{
    public static readonly BedrockConverseDialect Dialect = new();
    public static readonly UpstreamTarget Target = new("eu.anthropic.claude-sonnet-4-5-v1:0", UpstreamQuirks.None, 4096);
    public static readonly CallHead Whole = new(Operation.Chat, "claude", false);

    public delegate void FrameAction(in Frame frame);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Stream(params (string Type, string Payload)[] events)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (var (type, payload) in events)
        {
            if (type.EndsWith("Exception", StringComparison.Ordinal))
                EventStreamWriter.WriteException(type, Bytes(payload), output);
            else
                EventStreamWriter.WriteEvent(type, Bytes(payload), output);
        }
        return output.WrittenSpan.ToArray();
    }

    public static void Frames(byte[] stream, Func<int>? chunk, FrameAction action)
    {
        using var framer = new EventStreamFramer();
        for (var at = 0; at < stream.Length;)
        {
            var length = Math.Clamp(chunk?.Invoke() ?? int.MaxValue, 1, stream.Length - at);
            ReadOnlySpan<byte> input = stream.AsSpan(at, length);
            while (framer.TryRead(ref input, out var frame))
                action(frame);
            at += length;
        }
        Assert.False(framer.TryComplete(out _));
    }

    public static ResponseFacts Tap(byte[] body, bool stream, Func<int>? chunk = null)
    {
        var tap = Dialect.CreateTap(new RequestFacts { Model = "m" }, Target);
        if (stream)
            Frames(body, chunk, (in Frame frame) => Assert.Equal(FrameVerdict.Forward, tap.OnFrame(frame, new ArrayBufferWriter<byte>())));
        else
            tap.OnBody(body);
        return tap.Facts;
    }

    public static List<ModelEvent> Read(byte[] body, bool stream, Func<int>? chunk = null)
    {
        var events = new List<ModelEvent>();
        var reader = Dialect.CreateReader(stream, Target);
        if (stream)
            Frames(body, chunk, (in Frame frame) => reader.OnFrame(frame, events));
        else
            reader.OnBody(body, events);
        return events;
    }

    public static byte[] Write(IEnumerable<ModelEvent> events, bool stream)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = Dialect.CreateResponseWriter(new ResponseShape(stream, true, "shown", "resp_1", 1_700_000_000));
        foreach (var e in events)
            writer.Write(e, output);
        return output.WrittenSpan.ToArray();
    }

    public static JsonObject WriteRequest(ModelRequest request, TranslationNotes? notes = null, UpstreamTarget? target = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Dialect.WriteRequest(request, target ?? Target, output, notes ?? new TranslationNotes());
        return JsonNode.Parse(output.WrittenSpan)!.AsObject();
    }

    public static ModelRequest ReadRequest(string body, TranslationNotes? notes = null) => Dialect.ReadRequest(Bytes(body), notes ?? new TranslationNotes(), Whole);

    public static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}\nactual   {actual?.ToJsonString()}");
}
