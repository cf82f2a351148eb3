using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.AnthropicMessages;
using Weir.Core.Dialects.JsonSplice;
using Weir.Core.Dialects.OpenAiChat;

namespace Weir.Benchmarks;

/// <summary>The request side: the strict pass for facts against a bare walk, splicing, translating.</summary>
public class RequestBenchmarks
{
    private static readonly UpstreamTarget Target = new("gpt-4o", UpstreamQuirks.None, 4096);
    private readonly OpenAiChatDialect _chat = new();
    private readonly AnthropicMessagesDialect _messages = new();
    private readonly ArrayBufferWriter<byte> _output = new(1 << 20);
    private readonly List<Splice> _splices = [];
    private byte[] _body = [];
    private RequestFacts _facts = null!;

    [Params(1024, 102_400)]
    public int PromptBytes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _body = Samples.Request(PromptBytes);
        _facts = _chat.ReadFacts(_body, Operation.Chat).Facts!;
    }

    [Benchmark(Baseline = true)]
    public int BareWalk()
    {
        var reader = new Utf8JsonReader(_body);
        var tokens = 0;
        while (reader.Read())
            tokens++;
        return tokens;
    }

    [Benchmark]
    public RequestFacts ReadFacts() => _chat.ReadFacts(_body, Operation.Chat).Facts!;

    [Benchmark]
    public int Splice()
    {
        _splices.Clear();
        _output.ResetWrittenCount();
        _chat.PlanSplices(_facts, Target, _splices);
        Splicer.Write(_body, _splices, _output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int TranslateToMessages()
    {
        _output.ResetWrittenCount();
        var notes = new TranslationNotes();
        _messages.WriteRequest(_chat.ReadRequest(_body, notes), Target, _output, notes);
        return _output.WrittenCount;
    }
}
