using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.OpenAiRealtime;
using Xunit;

namespace Weir.Core.Tests.Dialects.OpenAiRealtime;

public sealed class RealtimeTapTests
{
    private readonly ISessionTap _tap = new OpenAiRealtimeDialect().CreateSessionTap();

    [Theory]
    [InlineData("""{"type":"response.output_audio.delta","delta":"AAAA"}""", false)]
    [InlineData("""{"type":"session.created"}""", false)]
    [InlineData("""{"event_id":"event_1","type":"response.done","response":{}}""", true)]
    [InlineData("""{"type":"response.done_soon"}""", false)]
    [InlineData("", false)]
    public void Only_what_may_end_an_answer_is_read(string start, bool wanted) => Assert.Equal(wanted, _tap.Wants(Encoding.UTF8.GetBytes(start)));

    [Fact]
    public void An_answer_is_under_way_from_its_beginning_to_its_end()
    {
        Assert.False(_tap.Wants("""{"type":"response.created"}"""u8));
        Assert.True(_tap.IsAnswering);
        var answer = _tap.Read("""{"type":"response.done","response":{"id":"r","status":"completed","usage":{"input_tokens":3,"output_tokens":2,"total_tokens":5}}}"""u8);
        Assert.Equal(new SessionAnswer(new Usage { InputUncached = 3, OutputVisible = 2 }, "r", "completed"), answer);
        Assert.False(_tap.IsAnswering);
    }

    [Theory]
    [InlineData("""{"type":"conversation.item.created","text":"response.done"}""")]
    [InlineData("""{"type":"response.done""")]
    [InlineData("""[1]""")]
    public void What_only_looks_like_an_end_is_none(string message) => Assert.Null(_tap.Read(Encoding.UTF8.GetBytes(message)));
}
