using System.Text.RegularExpressions;
using Weir.Core.Identity;
using Xunit;

namespace Weir.Core.Tests.Identity;

public sealed class ModelGrantTests
{
    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("gpt-*", "gpt-5", true)]
    [InlineData("gpt-*", "my-gpt-5", false)]
    [InlineData("*-mini", "gpt-5-mini", true)]
    [InlineData("gpt-5", "gpt-5-mini", false)]
    [InlineData("gpt-5", "GPT-5", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    public void Patterns_match_as_documented(string pattern, string model, bool allowed) =>
        Assert.Equal(allowed, ModelGrant.Allows(Keys.Make(1) with { Models = ["none", pattern] }, model));

    [Fact]
    public void No_patterns_allow_nothing() => Assert.False(ModelGrant.Allows(Keys.Make(1) with { Models = [] }, "m"));

    [Fact]
    public void Agrees_with_a_regular_expression_on_random_patterns()
    {
        var random = new Random(7);
        for (int n = 0; n < 20_000; n++)
        {
            string pattern = Text(random, "ab*", 6), text = Text(random, "ab", 8);
            bool expected = Regex.IsMatch(text, "^" + pattern.Replace("*", ".*", StringComparison.Ordinal) + "$");
            Assert.True(expected == ModelGrant.Matches(pattern, text), $"{pattern} on {text}");
        }
    }

    private static string Text(Random random, string alphabet, int most) =>
        new([.. Enumerable.Range(0, random.Next(most)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
}
