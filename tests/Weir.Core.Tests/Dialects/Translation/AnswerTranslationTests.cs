using Weir.Core.Canon;
using Weir.Core.Tests.Dialects.AnthropicMessages;
using Weir.Testing.Corpus;
using Xunit;

namespace Weir.Core.Tests.Dialects.Translation;

/// <summary>Recorded answers across dialects: the invariants of wire notes §16, rule 6.</summary>
public sealed class AnswerTranslationTests
{
    private static List<RecordedExchange> Recordings(string api)
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        List<RecordedExchange> found = [.. CorpusReader.Read(api).Where(e => e.Status == 200)];
        Assert.NotEmpty(found);
        return found;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_Anthropic_answer_says_the_same_to_a_chat_client(bool stream)
    {
        foreach (RecordedExchange exchange in Recordings("anthropic.messages"))
        {
            (Answer sent, Answer received) = Crossing.Cross(exchange, Crossing.Anthropic, Crossing.Chat, stream);
            AssertSame(sent, received, exchange, stream);
            Assert.Equal(sent.Refusal, received.Refusal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_chat_answer_says_the_same_to_an_Anthropic_client(bool stream)
    {
        int crossed = 0;
        foreach (RecordedExchange exchange in Recordings("openai.chat,azure.chat"))
        {
            (Answer sent, Answer received) = Crossing.Cross(exchange, Crossing.Chat, Crossing.Anthropic, stream);
            if (sent.Error is not null || !sent.IsEnded)
            {
                Assert.False(received.IsEnded, $"{exchange}: a cut answer must not look complete");
                continue;
            }

            crossed++;
            // A refusal is plain text to an Anthropic client, and told again in stop_details.
            AssertSame(sent with { Text = sent.Text + sent.Refusal }, received, exchange, stream);
        }

        Assert.InRange(crossed, 500, int.MaxValue);
    }

    private static void AssertSame(Answer sent, Answer received, RecordedExchange exchange, bool stream)
    {
        string what = $"{exchange}, stream {stream}";
        // A spliced start leaves a call whose arguments are cut; a whole answer can only wrap their text.
        if (exchange.File.Contains("spliced", StringComparison.Ordinal))
            return;
        received.AssertSameContent(sent with { Calls = stream ? sent.Calls : [.. sent.Calls.Select(c => (c.Name, Wrapped(c.Arguments, received, c.Name)))] }, what);
        Assert.True(sent.Thinking == received.Thinking, $"{what}: thinking\n{sent.Thinking}\n---\n{received.Thinking}");
        Assert.True(sent.Signatures.SequenceEqual(received.Signatures), $"{what}: signatures");
        if (sent.Refusal.Length == 0)
            Assert.True(Crossing.StopClass(sent) == Crossing.StopClass(received), $"{what}: stop {sent.Stop} {received.Stop}");
        Assert.True(Totals(sent.Usage) == Totals(received.Usage), $"{what}: usage {sent.Usage} {received.Usage}");
    }

    /// <summary>Invalid arguments arrive under their own member where the dialect wants an object.</summary>
    private static string Wrapped(string arguments, Answer received, string name)
        => arguments.StartsWith('{') && !received.Calls.Contains((name, arguments))
            && received.Calls.FirstOrDefault(c => c.Name == name && c.Arguments.StartsWith("{\"_raw_arguments\"", StringComparison.Ordinal)) is { Arguments: { } wrapped }
            ? wrapped
            : arguments;

    private static (long, long, long, long) Totals(Usage usage) => (usage.InputTotal, usage.CacheRead, usage.OutputTotal, usage.Reasoning);
}
