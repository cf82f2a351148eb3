using Weir.Core.Catalog;

namespace Weir.Core.Tests.Catalog;

public class ModelMatchTests
{
    [Theory]
    [InlineData("gpt-5.4", "GPT-5.4", true)]
    [InlineData("gpt-5.4", "gpt-5.4-mini", false)]
    [InlineData("claude-opus-4-6*", "claude-opus-4-6-20260205", true)]
    [InlineData("claude-opus-4-6*", "anthropic.claude-opus-4-6", false)]
    [InlineData("*gemini-2.0-flash", "models/gemini-2.0-flash", true)]
    [InlineData("*gemini-2.0-flash", "gemini-2.0-flash-lite", false)]
    [InlineData("*amazon.nova-pro*", "us.amazon.nova-pro-v1:0", true)]
    [InlineData("*", "anything", true)]
    public void A_rule_is_exact_prefix_suffix_or_part(string rule, string model, bool matches)
    {
        Assert.True(ModelMatch.TryParse(rule, out var match));
        Assert.Equal(matches, match.Matches(model));
        Assert.Equal(rule, match.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpt-*-mini")]
    public void A_star_in_the_middle_is_not_a_rule(string rule) => Assert.False(ModelMatch.TryParse(rule, out _));

    [Fact]
    public void The_exact_id_wins_then_the_longest_text_then_the_prefix()
    {
        var index = new ModelIndex<string>();
        foreach (var rule in (string[])["*", "*claude*", "claude*", "*-5", "claude-opus*", "*us.claude-opus*", "claude-opus-4"])
        {
            Assert.True(ModelMatch.TryParse(rule, out var match));
            index.Add(match, rule);
        }

        index.Seal();
        string? Find(string model) => index.Find(model).FirstOrDefault();
        Assert.Equal("claude-opus-4", Find("claude-opus-4"));
        Assert.Equal("claude-opus*", Find("claude-opus-4-1"));
        Assert.Equal("*us.claude-opus*", Find("us.claude-opus-4"));
        Assert.Equal("claude*", Find("claude-2"));
        Assert.Equal("*claude*", Find("anthropic.claude-2"));
        Assert.Equal("*-5", Find("gpt-5"));
        Assert.Equal("*", Find("gpt-4"));
        Assert.Equal(["claude-opus-4", "claude-opus*", "claude*", "*claude*", "*"], index.Find("claude-opus-4"));
    }
}
