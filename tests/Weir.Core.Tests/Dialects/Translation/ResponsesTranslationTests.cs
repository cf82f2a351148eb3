using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiResponses;
using Weir.Core.Tests.Dialects.AnthropicMessages;
using Weir.Testing.Corpus;

namespace Weir.Core.Tests.Dialects.Translation;

/// <summary>Recorded answers to and from the Responses dialect: the invariants of wire notes §16, rule 6.</summary>
public sealed class ResponsesTranslationTests
{
    private static readonly OpenAiResponsesDialect Responses = new();

    [Theory]
    [InlineData("anthropic.messages", true)]
    [InlineData("anthropic.messages", false)]
    [InlineData("openai.chat,azure.chat", true)]
    [InlineData("openai.chat,azure.chat", false)]
    public void An_answer_says_the_same_to_a_Responses_client(string api, bool stream)
    {
        var crossed = 0;
        foreach (var exchange in Recordings(api))
        {
            var (sent, received) = Crossing.Cross(exchange, api.StartsWith("anthropic", StringComparison.Ordinal) ? Crossing.Anthropic : Crossing.Chat, Responses, stream);
            if (sent.Error is not null || !sent.IsEnded)
            {
                Assert.False(received.IsEnded, $"{exchange}: a cut answer must not look complete");
                continue;
            }

            crossed++;
            AssertSame(sent, received, exchange, stream);
            Assert.Equal(sent.Signatures, received.Signatures);
        }

        Assert.InRange(crossed, 150, int.MaxValue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_Responses_answer_says_the_same_to_clients_of_other_dialects(bool stream)
    {
        foreach (var exchange in Recordings("openai.responses,azure.responses"))
        {
            foreach (var other in (IDialect[])[Crossing.Chat, Crossing.Anthropic])
            {
                var (sent, received) = Crossing.Cross(exchange, Responses, other, stream);
                if (sent.Error is not null)
                {
                    Assert.False(received.IsEnded, exchange.ToString());
                    continue;
                }

                AssertSame(sent, received, exchange, stream);
                Assert.Equal(sent.Signatures, received.Signatures);
            }
        }
    }

    private static void AssertSame(Answer sent, Answer received, RecordedExchange exchange, bool stream)
    {
        var what = $"{exchange}, stream {stream}";
        if (exchange.File.Contains("spliced", StringComparison.Ordinal))
            return;
        received.AssertSameContent(sent, what);
        Assert.True(sent.Thinking == received.Thinking, $"{what}: thinking\n{sent.Thinking}\n---\n{received.Thinking}");
        Assert.True(sent.Refusal == received.Refusal || sent.Text == received.Text, $"{what}: refusal");
        Assert.True(Crossing.StopClass(sent) == Crossing.StopClass(received) || sent.Refusal.Length > 0, $"{what}: stop {sent.Stop} {received.Stop}");
        Assert.True(Totals(sent.Usage) == Totals(received.Usage), $"{what}: usage {sent.Usage} {received.Usage}");
    }

    private static List<RecordedExchange> Recordings(string api)
    {
        Assert.SkipUnless(CorpusReader.IsPresent, CorpusReader.AbsentReason);
        List<RecordedExchange> found = [.. CorpusReader.Read(api).Where(e => e.Status == 200)];
        Assert.NotEmpty(found);
        return found;
    }

    private static (long, long, long, long) Totals(Usage usage) => (usage.InputTotal, usage.CacheRead, usage.OutputTotal, usage.Reasoning);
}
