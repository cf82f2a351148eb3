using System.Buffers;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiChat;
using Weir.Core.Metering;
using Weir.Core.Providers;
using Weir.Core.Routing;
using Weir.Core.Spine;
using Weir.Core.Spine.Continuations;

namespace Weir.Core.Tests.Spine.Continuations;

/// <summary>Events of a continuation, as the writer of the client's stream gets them.</summary>
public sealed class ContinuedAnswerTests
{
    private readonly Recorder _written = new();
    private readonly ResponseFacts _facts = new();

    [Fact]
    public void Text_goes_into_the_open_block_and_usage_on_top()
    {
        var prefill = Continue(PrefillForm.Plain, "Hello", new ModelEvent.Start("other", "other", 2), Usage(10, 1), Text(0), Delta(0, ", world"), new ModelEvent.BlockStop(0), Usage(10, 4), End, new ModelEvent.End());

        Assert.Equal([Usage(110, 21), Delta(0, ", world"), new ModelEvent.BlockStop(0), Usage(110, 24), End, new ModelEvent.End()], _written.Events);
        Assert.Null(prefill.Divergence);
    }

    [Fact]
    public void What_the_client_has_is_swallowed()
    {
        Continue(PrefillForm.EchoedPrefix, "Hello ", Text(0), Delta(0, "Hel"), Delta(0, "lo"), Delta(0, " world"), End);

        Assert.Equal([Delta(0, "world"), new ModelEvent.BlockStop(0), End], _written.Events);
    }

    [Fact]
    public void Further_blocks_come_after_the_text()
    {
        Continue(PrefillForm.Plain, "Hello", Text(0), Delta(0, "!"), new ModelEvent.BlockStop(0),
            new ModelEvent.ToolCallStart(1, "a", "f"), new ModelEvent.ToolCallStart(2, "b", "g"), new ModelEvent.ToolArgumentsDelta(2, "{}"), new ModelEvent.BlockStop(2), End);

        Assert.Equal([Delta(0, "!"), new ModelEvent.BlockStop(0), new ModelEvent.ToolCallStart(1, "a", "f"), new ModelEvent.ToolCallStart(2, "b", "g"),
            new ModelEvent.ToolArgumentsDelta(2, "{}"), new ModelEvent.BlockStop(2), End], _written.Events);
    }

    [Fact]
    public void A_tool_call_instead_of_text_closes_the_text_first()
    {
        Continue(PrefillForm.Plain, "Let me see.\n", new ModelEvent.ToolCallStart(0, "a", "f"), new ModelEvent.ToolArgumentsDelta(0, "{}"), new ModelEvent.BlockStop(0), End);

        Assert.Equal([new ModelEvent.BlockStop(0), new ModelEvent.ToolCallStart(1, "a", "f"), new ModelEvent.ToolArgumentsDelta(1, "{}"), new ModelEvent.BlockStop(1), End], _written.Events);
    }

    [Fact]
    public void Nothing_more_to_say_closes_the_text()
    {
        Continue(PrefillForm.Plain, "All said. ", End, new ModelEvent.End());

        Assert.Equal([new ModelEvent.BlockStop(0), End, new ModelEvent.End()], _written.Events);
    }

    [Theory]
    [InlineData(PrefillForm.Plain, "Hello ", "world")]
    [InlineData(PrefillForm.EchoedPrefix, "Hello", ", world")]
    [InlineData(PrefillForm.EchoedPrefix, "Hello", "Hell")]
    public void Another_text_fails_the_attempt_and_nothing_of_it_gets_through(PrefillForm form, string begun, string said)
    {
        var prefill = Continue(form, begun, Text(0), Delta(0, said), new ModelEvent.BlockStop(0), End, new ModelEvent.End());

        Assert.Empty(_written.Events);
        Assert.NotNull(prefill.Divergence);
        Assert.Equal(ContinuedAnswer.Diverged, _facts.Failure!.Code);
    }

    [Fact]
    public void Reasoning_before_the_text_fails_the_attempt()
    {
        var prefill = Continue(PrefillForm.Plain, "Hello", new ModelEvent.BlockStart(0, BlockKind.Thinking), new ModelEvent.TextDelta(0, "hm"), new ModelEvent.BlockStop(0), Text(1), Delta(1, "!"));

        Assert.Empty(_written.Events);
        Assert.NotNull(prefill.Divergence);
    }

    private static ModelEvent.Finish End { get; } = new(StopReason.EndTurn, "stop");

    private static ModelEvent.BlockStart Text(int block) => new(block, BlockKind.Text);

    private static ModelEvent.TextDelta Delta(int block, string text) => new(block, text);

    private static ModelEvent.UsageUpdate Usage(long input, long output) => new(new Usage { InputUncached = input, OutputVisible = output });

    private Prefill Continue(PrefillForm form, string begun, params ModelEvent[] events)
    {
        var answer = new OpenAnswer(_written, []);
        answer.Write(Text(0), NullOutput);
        answer.Write(Delta(0, begun), NullOutput);
        _written.Events.Clear();
        var prefill = new Prefill(answer, Cut, Usage(100, 20).Usage, Planned, form);
        var continued = new ContinuedAnswer(prefill, _facts);
        foreach (var modelEvent in events)
            continued.Write(modelEvent, NullOutput);
        return prefill;
    }

    private static ArrayBufferWriter<byte> NullOutput { get; } = new();

    private static PlannedTarget Planned { get; } = new(new Target
    {
        Name = "p/m",
        Model = "m",
        Prices = Core.Catalog.PriceSchedule.Unpriced,
        DefaultMaxOutputTokens = 1,
        Provider = new Provider
        {
            Name = "p",
            Kind = "openai-compatible",
            BaseUrl = new Uri("http://localhost"),
            Dialects = new Dictionary<string, Uri?>(),
            Auth = AuthScheme.None,
            PriceProvider = "p",
            Timeouts = UpstreamTimeouts.Default,
            TelemetryName = "p",
        },
    }, new OpenAiChatDialect(), new Uri("http://localhost"), IsNative: false);

    private static Attempt Cut { get; } = new(1, Planned, new LedgerEntry { Id = "1.1", RequestId = "1", Attempt = 1, StartedAt = default, Tenant = "t", KeyId = "k", Model = "m", Provider = "p", UpstreamModel = "m", Operation = "chat" }, 0);

    private sealed class Recorder : IResponseWriter
    {
        public List<ModelEvent> Events { get; } = [];

        public void Write(ModelEvent modelEvent, IBufferWriter<byte> output) => Events.Add(modelEvent);
    }
}
