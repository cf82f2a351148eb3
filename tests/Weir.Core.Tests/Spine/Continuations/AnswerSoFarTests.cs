using Weir.Core.Canon;
using Weir.Core.Spine.Continuations;

namespace Weir.Core.Tests.Spine.Continuations;

public sealed class AnswerSoFarTests
{
    private static readonly ModelEvent.BlockStart Text = new(0, BlockKind.Text);
    private static readonly ModelEvent.TextDelta Words = new(0, "Some words");

    public static TheoryData<string, ModelEvent> Obstacles() => new()
    {
        { "tool call", new ModelEvent.ToolCallStart(1, "id", "look_up") },
        { "tool call", new ModelEvent.ToolArgumentsDelta(1, "{") },
        { "reasoning", new ModelEvent.BlockStart(1, BlockKind.Thinking) },
        { "reasoning", new ModelEvent.BlockStart(1, BlockKind.RedactedThinking) },
        { "reasoning", new ModelEvent.Signature(0, "sig", "anthropic") },
        { "declined", new ModelEvent.BlockStart(1, BlockKind.Refusal) },
        { "several blocks", new ModelEvent.BlockStart(1, BlockKind.Text) },
        { "citations", new ModelEvent.Citation(0, "anthropic-messages", RawJson.FromText("{}")) },
        { "log probabilities", new ModelEvent.Logprobs(0, RawJson.FromText("{}")) },
        { "closed", new ModelEvent.BlockStop(0) },
        { "end marker", new ModelEvent.Finish(StopReason.EndTurn, "stop") },
    };

    [Fact]
    public void One_open_block_of_text_can_be_gone_on_with()
    {
        var answer = Of(new ModelEvent.Start("id", "m", 1), Text, Words, new ModelEvent.UsageUpdate(default), new ModelEvent.TextDelta(0, " more"));

        Assert.Null(answer.WhyNot);
        Assert.Equal(("Some words more", 0), (answer.Text, answer.Block));
    }

    [Theory]
    [MemberData(nameof(Obstacles))]
    public void Everything_else_is_a_reason_not_to_and_the_text_is_dropped(string reason, ModelEvent obstacle)
    {
        var answer = Of(Text, Words, obstacle);

        Assert.Contains(reason, answer.WhyNot, StringComparison.Ordinal);
        Assert.Empty(answer.Text);
    }

    [Fact]
    public void What_came_after_the_text_says_more_than_that_it_was_closed()
    {
        var answer = Of(Text, Words, new ModelEvent.BlockStop(0), new ModelEvent.ToolCallStart(1, "id", "look_up"), new ModelEvent.Finish(StopReason.ToolUse, null));

        Assert.Equal("it has a tool call", answer.WhyNot);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    public void Without_words_there_is_nothing_to_go_on_with(string text) =>
        Assert.Equal("no text was given out", Of(Text, new ModelEvent.TextDelta(0, text)).WhyNot);

    [Theory]
    [InlineData("half \ud83d")]
    [InlineData("half \ufffd")]
    public void Half_a_character_is_a_reason(string text) =>
        Assert.Contains("amid a character", Of(Text, new ModelEvent.TextDelta(0, text)).WhyNot, StringComparison.Ordinal);

    [Theory]
    [InlineData("one\ntwo END", true)]
    [InlineData("one\ntwo E", true)]
    [InlineData("one\ntwo EN ", false)]
    public void The_beginning_of_a_stop_sequence_is_a_reason(string text, bool isOne)
    {
        var answer = new AnswerSoFar(["STOP", "ENDE"]);
        answer.Observe(Text);
        answer.Observe(new ModelEvent.TextDelta(0, text));

        Assert.Equal(isOne, answer.WhyNot is not null);
    }

    [Fact]
    public void A_text_beyond_the_bound_is_a_reason_and_costs_no_memory()
    {
        var answer = Of(Text);
        for (var bytes = 0; bytes < AnswerSoFar.MaxBytes; bytes += 2)
            answer.Observe(new ModelEvent.TextDelta(0, "ß"));
        Assert.Null(answer.WhyNot);

        answer.Observe(new ModelEvent.TextDelta(0, "s"));

        Assert.Contains("longer than 256 KB", answer.WhyNot, StringComparison.Ordinal);
        Assert.Empty(answer.Text);
    }

    private static AnswerSoFar Of(params ModelEvent[] events)
    {
        var answer = new AnswerSoFar([]);
        foreach (var modelEvent in events)
            answer.Observe(modelEvent);
        return answer;
    }
}
