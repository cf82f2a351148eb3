using System.Text;
using Weir.Core.Routing.Affinity;
using Xunit;

namespace Weir.Core.Tests.Routing.Affinity;

public sealed class PromptBlocksTests
{
    private static readonly string System = string.Concat(Enumerable.Range(0, 300).Select(i => $"rule {i}; "));

    [Fact]
    public void The_next_turn_of_a_conversation_shares_every_block_of_the_turn_before()
    {
        var first = Blocks($$"""{"model":"m","messages":[{"role":"system","content":"{{System}}"},{"role":"user","content":"one"}]}""");
        var second = Blocks($$"""{"model":"m","messages":[{"role":"system","content":"{{System}}"},{"role":"user","content":"one"},{"role":"assistant","content":"1"},{"role":"user","content":"{{System}}"}],"temperature":0}""");

        Assert.True(first.Count >= 5);
        Assert.True(second.Count > first.Count);
        Assert.Equal(first, second.Take(first.Count));
    }

    [Fact]
    public void Prompts_that_differ_early_share_nothing_behind_the_difference()
    {
        var one = Blocks($$"""{"messages":[{"role":"user","content":"a{{System}}"}]}""");
        var other = Blocks($$"""{"messages":[{"role":"user","content":"b{{System}}"}]}""");

        Assert.NotEmpty(one);
        Assert.Empty(one.Intersect(other));
    }

    [Fact]
    public void Another_model_shares_nothing()
    {
        var body = $$"""{"messages":[{"role":"user","content":"{{System}}"}]}""";

        Assert.Empty(Blocks(body, "a").Intersect(Blocks(body, "b")));
    }

    [Theory]
    [InlineData("""{"system":"SYS","messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":"y"}],"system":"SYS"}""")]
    [InlineData("""{"system":"SYS","tools":null,"messages":[]}""")]
    public void A_system_prompt_outside_the_conversation_is_a_beginning_wherever_it_stands(string body)
    {
        var tools = body.Contains("tools", StringComparison.Ordinal) ? ",\"tools\":null" : "";
        var alone = Turns($$"""{"system":"SYS"{{tools}}}""");

        Assert.Equal(Assert.Single(alone), Turns(body)[0]);
    }

    [Fact]
    public void Turns_are_hashed_one_by_one()
    {
        var two = Turns("""{"tools":[1],"messages":[{"role":"user","content":"x"}, {"role":"assistant","content":"y"}]}""");
        var three = Turns("""{"tools":[1],"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"},{"role":"user","content":"z"}]}""");

        Assert.Equal(3, two.Count);
        Assert.Equal(4, three.Count);
        Assert.Equal(two, three.Take(3));
    }

    [Fact]
    public void A_single_text_is_one_turn() => Assert.Single(Turns("""{"prompt":"once upon a time"}"""));

    [Theory]
    [InlineData("")]
    [InlineData("[1,2]")]
    [InlineData("{\"messages\":")]
    [InlineData("--boundary\r\n")]
    public void What_is_no_object_has_no_beginnings(string body)
    {
        Assert.Empty(Blocks(body));
        Assert.Empty(Turns(body));
    }

    [Fact]
    public void No_more_blocks_than_the_limit_are_made()
    {
        var body = $$"""{"prompt":"{{new string('x', PromptBlocks.BlockBytes * (PromptBlocks.MostBlocks + 10))}}"}""";

        Assert.Equal(PromptBlocks.MostBlocks, Blocks(body).Count);
    }

    [Fact]
    public void Length_and_order_count()
    {
        Assert.NotEqual(PromptBlocks.Chain(1, "a\0"u8), PromptBlocks.Chain(1, "\0a"u8));
        Assert.NotEqual(PromptBlocks.Chain(1, "\0"u8), PromptBlocks.Chain(1, "\0\0"u8));
    }

    private static List<ulong> Blocks(string body, string model = "m")
    {
        var into = new List<ulong>();
        PromptBlocks.AddBlocks(Encoding.UTF8.GetBytes(body), PromptBlocks.Seed(model), into);
        return into;
    }

    private static List<ulong> Turns(string body)
    {
        var into = new List<ulong>();
        PromptBlocks.AddTurns(Encoding.UTF8.GetBytes(body), PromptBlocks.Seed("m"), into);
        return into;
    }
}
