using System.Buffers;
using BenchmarkDotNet.Attributes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Dialects.Sse;

namespace Weir.Benchmarks;

/// <summary>The answer side, per stream of 200 chunks: framing alone, tapped, and translated both ways.</summary>
public class StreamBenchmarks
{
    private const int Chunks = 200;
    private static readonly UpstreamTarget Target = new("m", UpstreamQuirks.None, 4096);
    private static readonly ResponseShape Shape = new(true, true, "m", "id", 1);
    private readonly OpenAiChatDialect _chat = new();
    private readonly AnthropicMessagesDialect _messages = new();
    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private readonly List<ModelEvent> _events = [];
    private readonly byte[] _chatStream = Samples.ChatStream(Chunks);
    private readonly byte[] _messagesStream = Samples.MessagesStream(Chunks);
    private RequestFacts _facts = null!;

    [GlobalSetup]
    public void Setup() => _facts = _chat.ReadFacts(Samples.Request(200), Operation.Chat).Facts!;

    [Benchmark(Baseline = true, OperationsPerInvoke = Chunks)]
    public int Frame()
    {
        using var framer = new SseFramer();
        ReadOnlySpan<byte> input = _chatStream;
        var frames = 0;
        while (framer.TryRead(ref input, out _))
            frames++;
        return frames;
    }

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long TapChat() => Tap(_chat.CreateTap(_facts, Target), _chatStream);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public long TapMessages() => Tap(_messages.CreateTap(_facts, Target), _messagesStream);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public int ChatToMessages() => Translate(_chat.CreateReader(true, Target), _messages.CreateResponseWriter(Shape), _chatStream);

    [Benchmark(OperationsPerInvoke = Chunks)]
    public int MessagesToChat() => Translate(_messages.CreateReader(true, Target), _chat.CreateResponseWriter(Shape), _messagesStream);

    private long Tap(IResponseTap tap, byte[] stream)
    {
        using var framer = new SseFramer();
        ReadOnlySpan<byte> input = stream;
        _output.ResetWrittenCount();
        while (framer.TryRead(ref input, out var frame))
            tap.OnFrame(frame, _output);
        return tap.Facts.OutputTextBytes;
    }

    private int Translate(IResponseReader reader, IResponseWriter writer, byte[] stream)
    {
        using var framer = new SseFramer();
        ReadOnlySpan<byte> input = stream;
        _output.ResetWrittenCount();
        while (framer.TryRead(ref input, out var frame))
        {
            _events.Clear();
            reader.OnFrame(frame, _events);
            foreach (var modelEvent in _events)
                writer.Write(modelEvent, _output);
        }
        return _output.WrittenCount;
    }
}
