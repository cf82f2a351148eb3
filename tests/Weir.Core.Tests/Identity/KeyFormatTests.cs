using Weir.Core.Identity;
using Xunit;

namespace Weir.Core.Tests.Identity;

public sealed class KeyFormatTests
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private readonly SeededBytes _random = new(1);

    [Fact]
    public void A_new_secret_has_the_prefix_and_43_base62_characters()
    {
        string secret = KeyFormat.NewSecret(_random);
        Assert.Matches("^wk-[0-9A-Za-z]{43}$", secret);
        Assert.True(KeyFormat.IsWellFormed(secret));
    }

    [Fact]
    public void Every_typo_in_one_character_is_recognised()
    {
        char[] secret = KeyFormat.NewSecret(_random).ToCharArray();
        for (int i = 3; i < secret.Length; i++)
        {
            char right = secret[i];
            foreach (char wrong in Alphabet.Where(c => c != right))
            {
                secret[i] = wrong;
                Assert.False(KeyFormat.IsWellFormed(secret), $"{wrong} for {right} at {i}");
            }
            secret[i] = right;
        }
    }

    [Fact]
    public void Nearly_every_swap_of_neighbours_is_recognised()
    {
        int swaps = 0, missed = 0;
        for (int n = 0; n < 200; n++)
        {
            char[] secret = KeyFormat.NewSecret(_random).ToCharArray();
            for (int i = 3; i + 1 < secret.Length; i++)
            {
                if (secret[i] == secret[i + 1])
                    continue;
                swaps++;
                (secret[i], secret[i + 1]) = (secret[i + 1], secret[i]);
                missed += KeyFormat.IsWellFormed(secret) ? 1 : 0;
                (secret[i], secret[i + 1]) = (secret[i + 1], secret[i]);
            }
        }
        Assert.True(missed * 100 < swaps, $"{missed} of {swaps}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("wk-")]
    [InlineData("sk-0123456789012345678901234567890123456789012")]
    [InlineData("wk-012345678901234567890123456789012345678901é")]
    [InlineData("wk-0123456789 01234567890123456789012345678901")]
    [InlineData("WK-0123456789012345678901234567890123456789012")]
    public void Other_text_is_refused(string text) => Assert.False(KeyFormat.IsWellFormed(text));

    [Fact]
    public void Characters_are_evenly_spread()
    {
        string text = Base62.Random(62_000, _random);
        foreach (char c in Alphabet)
            Assert.InRange(text.Count(x => x == c), 850, 1150);
    }

    [Fact]
    public void The_hint_shows_four_characters_only()
    {
        string secret = KeyFormat.NewSecret(_random);
        Assert.Equal(secret[..7] + "…", KeyFormat.HintOf(secret));
    }
}
