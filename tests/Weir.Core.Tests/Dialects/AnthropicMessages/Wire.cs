using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.Sse;
using Xunit;

namespace Weir.Core.Tests.Dialects.AnthropicMessages;

/// <summary>Feeds bytes through the dialect and gives back what came out.</summary>
internal static class Wire
{
    public static readonly AnthropicMessagesDialect Dialect = new();

    public static readonly UpstreamTarget Target = new("claude-up", UpstreamQuirks.None, 4096);

    public static ResponseShape Shape(bool stream) => new(stream, IncludeUsage: true, "shown-model", "resp_1", 1_700_000_000);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>An SSE stream of Anthropic events, one per payload.</summary>
    public static byte[] Stream(params string[] payloads)
    {
        var text = new StringBuilder();
        foreach (string payload in payloads)
            text.Append("event: ").Append(JsonNode.Parse(payload)!["type"]).Append("\ndata: ").Append(payload).Append("\n\n");
        return Bytes(text.ToString());
    }

    public delegate void FrameAction(in Frame frame);

    public static void Frames(byte[] stream, Func<int> chunk, FrameAction action)
    {
        using var framer = new SseFramer();
        for (int at = 0; at < stream.Length;)
        {
            int length = Math.Clamp(chunk(), 1, stream.Length - at);
            ReadOnlySpan<byte> input = stream.AsSpan(at, length);
            while (framer.TryRead(ref input, out Frame frame))
                action(frame);
            at += length;
        }

        if (framer.TryComplete(out Frame last))
            action(last);
    }

    public static ResponseFacts Tap(byte[] stream, Func<int>? chunk = null)
    {
        IResponseTap tap = Dialect.CreateTap(new RequestFacts { Model = "m" }, Target);
        var replacement = new ArrayBufferWriter<byte>();
        Frames(stream, chunk ?? (() => int.MaxValue), (in Frame frame) => Assert.Equal(FrameVerdict.Forward, tap.OnFrame(frame, replacement)));
        Assert.Equal(0, replacement.WrittenCount);
        return tap.Facts;
    }

    public static ResponseFacts TapBody(byte[] body)
    {
        IResponseTap tap = Dialect.CreateTap(new RequestFacts { Model = "m" }, Target);
        tap.OnBody(body);
        return tap.Facts;
    }

    public static List<ModelEvent> Read(byte[] stream, Func<int>? chunk = null)
    {
        var events = new List<ModelEvent>();
        IResponseReader reader = Dialect.CreateReader(true, Target);
        Frames(stream, chunk ?? (() => int.MaxValue), (in Frame frame) => reader.OnFrame(frame, events));
        return events;
    }

    public static List<ModelEvent> ReadBody(byte[] body)
    {
        var events = new List<ModelEvent>();
        Dialect.CreateReader(false, Target).OnBody(body, events);
        return events;
    }

    public static byte[] Write(IEnumerable<ModelEvent> events, bool stream)
    {
        var output = new ArrayBufferWriter<byte>();
        IResponseWriter writer = Dialect.CreateResponseWriter(Shape(stream));
        foreach (ModelEvent e in events)
            writer.Write(e, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The payloads of a written stream.</summary>
    public static List<JsonNode> Payloads(byte[] stream)
    {
        var payloads = new List<JsonNode>();
        Frames(stream, () => int.MaxValue, (in Frame frame) =>
        {
            JsonNode payload = JsonNode.Parse(frame.Data)!;
            Assert.Equal(payload["type"]!.GetValue<string>(), Encoding.UTF8.GetString(frame.EventName));
            payloads.Add(payload);
        });
        return payloads;
    }

    public static JsonObject WriteRequest(ModelRequest request, TranslationNotes? notes = null, UpstreamTarget? target = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Dialect.WriteRequest(request, target ?? Target, output, notes ?? new TranslationNotes());
        return JsonNode.Parse(output.WrittenSpan)!.AsObject();
    }

    public static ModelRequest ReadRequest(string body, TranslationNotes? notes = null)
        => Dialect.ReadRequest(Bytes(body), notes ?? new TranslationNotes());

    public static void AssertJson(string expected, JsonNode? actual)
        => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}\nactual   {actual?.ToJsonString()}");
}
