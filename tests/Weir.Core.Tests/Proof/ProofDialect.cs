using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Spine.Lanes;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Proof;

/// <summary>A dialect as the replay proof runs it: as the recorded provider's, and as the client's of a crossing.</summary>
/// <param name="Dialect">The dialect.</param>
/// <param name="Title">The vendor's name of the API.</param>
/// <param name="Apis">The recordings that speak it.</param>
/// <param name="Model">An upstream model name that the dialect's writer is asked for.</param>
/// <param name="Framing">How its streams are framed.</param>
/// <param name="Carries">What its answers have a place for.</param>
internal sealed record ProofDialect(IDialect Dialect, string Title, string[] Apis, string Model, StreamFraming Framing, Carries Carries)
{
    private static readonly ResponseShape Shape = new(true, IncludeUsage: true, "shown-model", "resp_1", 1_700_000_000);

    public string Name => Dialect.Name;

    /// <summary>The operation and what the request line says where the body is of a client of this dialect.</summary>
    public CallHead Head(bool stream, string? api = null) =>
        new(Name == "openai-completions" || api == "ollama.generate" ? Operation.Completion : Operation.Chat, Name is "gemini-generate" or "bedrock-converse" ? Model : null, stream);

    public UpstreamTarget TargetFor(RecordedExchange? exchange = null) =>
        new(Model, exchange?.Provider switch
        {
            "xai" => new UpstreamQuirks { ReasoningOutsideCompletion = true },
            "deepseek" => new UpstreamQuirks { DeepSeekCacheCounters = true },
            _ => UpstreamQuirks.None,
        }, 4096);

    /// <summary>The events of an answer, cut into pieces as <paramref name="chunk"/> says, as the translating lane has them.</summary>
    public List<ModelEvent> Read(byte[] answer, bool stream, UpstreamTarget target, Func<int>? chunk = null)
    {
        var reader = Dialect.CreateReader(stream, target);
        List<ModelEvent> events = [];
        if (!stream)
        {
            reader.OnBody(answer, events);
            return events;
        }

        using var framer = Framers.Create(FramingOf(answer));
        for (var at = 0; at < answer.Length;)
        {
            var length = Math.Clamp(chunk?.Invoke() ?? int.MaxValue, 1, answer.Length - at);
            ReadOnlySpan<byte> input = answer.AsSpan(at, length);
            while (framer.TryRead(ref input, out var frame))
                reader.OnFrame(frame, events);
            at += length;
        }

        if (framer.TryComplete(out var last))
            reader.OnFrame(last, events);
        if (reader.Facts is { IsComplete: false, Failure: null, MayEndUnmarked: true })
        {
            reader.OnClose(events);
            events.Add(new ModelEvent.End());
        }

        return events;
    }

    public byte[] Write(IEnumerable<ModelEvent> events, bool stream)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = Dialect.CreateResponseWriter(Shape with { Stream = stream, Framing = Framing, Operation = Head(stream).Operation });
        foreach (var e in events)
            writer.Write(e, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Gemini streams an array to clients that do not ask for events.</summary>
    public StreamFraming FramingOf(byte[] answer) =>
        Name == "gemini-generate" && answer.AsSpan().TrimStart(" \r\n"u8) is [(byte)'[', ..] ? StreamFraming.JsonArray : Framing;
}
