using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.GeminiGenerate;
using Weir.Core.Dialects.JsonArrays;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Tests.Dialects.GeminiGenerate;

/// <summary>Feeds bytes through the dialect and gives back what came out.</summary>
internal static class GeminiKit
{
    public static readonly GeminiGenerateDialect Dialect = new();

    public static UpstreamTarget Target(string model = "gemini-3-flash") => new(model, UpstreamQuirks.None, 4096);

    public static CallHead Head(bool stream = false, string? query = null, Operation operation = Operation.Chat) => new(operation, "asked-model", stream, query);

    public static FactsResult Facts(string body, CallHead? head = null) => Dialect.ReadFacts(Encoding.UTF8.GetBytes(body), head ?? Head());

    public static ModelRequest Request(string body, TranslationNotes? notes = null) => Dialect.ReadRequest(Encoding.UTF8.GetBytes(body), notes ?? new TranslationNotes(), Head());

    public static JsonObject Write(ModelRequest request, string model = "gemini-3-flash", TranslationNotes? notes = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Dialect.WriteRequest(request, Target(model), output, notes ?? new TranslationNotes());
        return JsonNode.Parse(output.WrittenSpan)!.AsObject();
    }

    public static byte[] Sse(params string[] responses) => Encoding.UTF8.GetBytes(string.Concat(responses.Select(r => $"data: {r}\r\n\r\n")));

    public delegate void FrameAction(in Frame frame);

    public static void Frames(byte[] stream, Func<int> chunk, FrameAction action)
    {
        using IFramer framer = stream[0] == (byte)'[' ? new JsonArrayFramer() : new SseFramer();
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

    public static ResponseFacts Tap(byte[] stream, Func<int>? chunk = null, string model = "gemini-3-flash", int choices = 1)
    {
        IResponseTap tap = Dialect.CreateTap(new RequestFacts { Model = "m", Choices = choices }, Target(model));
        Frames(stream, chunk ?? (() => int.MaxValue), (in Frame frame) => tap.OnFrame(frame, new ArrayBufferWriter<byte>()));
        return tap.Facts;
    }

    public static ResponseFacts TapBody(byte[] body, string model = "gemini-3-flash")
    {
        IResponseTap tap = Dialect.CreateTap(new RequestFacts { Model = "m" }, Target(model));
        tap.OnBody(body);
        return tap.Facts;
    }

    /// <summary>The events of a stream; an orderly close after a finish reason ends it, as the translating lane has it.</summary>
    public static List<ModelEvent> Read(byte[] stream, Func<int>? chunk = null)
    {
        var events = new List<ModelEvent>();
        IResponseReader reader = Dialect.CreateReader(true, Target());
        Frames(stream, chunk ?? (() => int.MaxValue), (in Frame frame) => reader.OnFrame(frame, events));
        if (reader.Facts is { IsComplete: false, Failure: null, MayEndUnmarked: true })
            events.Add(new ModelEvent.End());
        return events;
    }

    public static List<ModelEvent> ReadBody(byte[] body)
    {
        var events = new List<ModelEvent>();
        Dialect.CreateReader(false, Target()).OnBody(body, events);
        return events;
    }

    public static byte[] WriteAnswer(IEnumerable<ModelEvent> events, bool stream, StreamFraming framing = StreamFraming.ServerSentEvents)
    {
        var output = new ArrayBufferWriter<byte>();
        IResponseWriter writer = Dialect.CreateResponseWriter(new ResponseShape(stream, true, "shown-model", "resp_1", 1_700_000_000) { Framing = framing });
        foreach (ModelEvent e in events)
            writer.Write(e, output);
        return output.WrittenSpan.ToArray();
    }
}
