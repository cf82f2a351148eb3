using System.Buffers;
using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiResponses;
using Weir.Core.Dialects.Sse;

namespace Weir.Core.Tests.Dialects.OpenAiResponses;

/// <summary>Short ways to run the dialect over text.</summary>
internal static class ResponsesKit
{
    public static readonly OpenAiResponsesDialect Dialect = new();

    public delegate void OnFrame(in Frame frame);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static ResponseShape Shape(bool stream, string request = "{}") =>
        new(stream, true, "shown", "0123", 1_700_000_000) { Request = Bytes(request) };

    public static UpstreamTarget Target(string model = "m", UpstreamQuirks? quirks = null) => new(model, quirks ?? UpstreamQuirks.None, 4_096);

    public static RequestFacts Facts(string body)
    {
        var result = Dialect.ReadFacts(Bytes(body), Operation.Chat);
        Assert.True(result.IsOk, result.Error?.Message);
        return result.Facts;
    }

    public static BadRequest Refusal(string body) => Dialect.ReadFacts(Bytes(body), Operation.Chat).Error ?? throw new Xunit.Sdk.XunitException("accepted");

    public static ResponseFacts Tap(byte[] answer, bool stream, Func<int>? chunk = null)
    {
        var tap = Dialect.CreateTap(new RequestFacts { Model = "m", Stream = stream }, Target());
        if (stream)
            Frames(answer, chunk ?? (() => int.MaxValue), (in Frame frame) => Assert.Equal(FrameVerdict.Forward, tap.OnFrame(frame, new ArrayBufferWriter<byte>())));
        else
            tap.OnBody(answer);
        return tap.Facts;
    }

    public static (ResponseFacts Facts, List<ModelEvent> Events) Read(byte[] answer, bool stream, Func<int>? chunk = null, UpstreamQuirks? quirks = null)
    {
        var reader = Dialect.CreateReader(stream, Target(quirks: quirks));
        var events = new List<ModelEvent>();
        if (stream)
            Frames(answer, chunk ?? (() => int.MaxValue), (in Frame frame) => reader.OnFrame(frame, events));
        else
            reader.OnBody(answer, events);
        return (reader.Facts, events);
    }

    public static string Write(ResponseShape shape, IEnumerable<ModelEvent> events)
    {
        var writer = Dialect.CreateResponseWriter(shape);
        var output = new ArrayBufferWriter<byte>();
        foreach (var e in events)
            writer.Write(e, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static ModelRequest ReadRequest(string body, TranslationNotes? notes = null) => Dialect.ReadRequest(Bytes(body), notes ?? new TranslationNotes());

    public static string WriteRequest(ModelRequest request, TranslationNotes? notes = null, UpstreamQuirks? quirks = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Dialect.WriteRequest(request, Target(request.Model, quirks), output, notes ?? new TranslationNotes());
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

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

    public static List<System.Text.Json.Nodes.JsonNode> Events(string stream)
    {
        var events = new List<System.Text.Json.Nodes.JsonNode>();
        Frames(Bytes(stream), () => int.MaxValue, (in Frame frame) => events.Add(System.Text.Json.Nodes.JsonNode.Parse(frame.Data)!));
        return events;
    }
}
