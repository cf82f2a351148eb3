using System.Text;
using Weir.Core.Semantics.Features;

namespace Weir.Core.Tests.Semantics.Features;

public sealed class FoldedTextTests
{
    [Theory]
    [InlineData("", " ")]
    [InlineData("Hello,  WORLD!", " hello world ")]
    [InlineData("pay 1,250 €", " pay 0 000 ")]
    [InlineData("ÄRGER über Straße", " ärger über straße ")]
    [InlineData("हिन्दी", " हिन्दी ")]
    [InlineData("日本語。テスト", " 日本語 テスト ")]
    [InlineData("…!?", " ")]
    [InlineData("𝒳a", " 𝒳a ")]
    public void Case_punctuation_and_amounts_make_no_difference(string text, string folded) => Assert.Equal(folded, Fold(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Invalid_bytes_are_blanks() => Assert.Equal(" a b ", Fold([(byte)'a', 0xFF, 0xC3, (byte)'b', 0xE2, 0x82]));

    [Fact]
    public void Any_bytes_fit_the_room_that_is_promised()
    {
        var random = new Random(3);
        var room = new char[FoldedText.MaxLength(TextWindow.MaxBytes)];
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(0, 3 * TextWindow.MaxBytes)];
            random.NextBytes(bytes);
            if (round % 2 == 0)
                Array.Fill(bytes, (byte)'x');
            var folded = room.AsSpan(0, FoldedText.Fold(bytes, room));
            Assert.Equal(' ', folded[^1]);
            Assert.True(Grams.MaxCount(folded.Length) <= GramScratch.MaxGrams);
        }
    }

    [Fact]
    public void Of_a_long_text_beginning_and_end_are_seen()
    {
        var folded = Fold(Encoding.UTF8.GetBytes("first " + new string('x', 5000) + " middle " + new string('ж', 5000) + " last"));
        Assert.StartsWith(" first xxx", folded, StringComparison.Ordinal);
        Assert.EndsWith("жжж last ", folded, StringComparison.Ordinal);
        Assert.DoesNotContain("middle", folded, StringComparison.Ordinal);
        Assert.InRange(folded.Length, 1024, TextWindow.MaxBytes);
    }

    [Theory]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    public void Characters_are_never_cut(string character)
    {
        for (var shift = 0; shift < 4; shift++)
        {
            var text = Encoding.UTF8.GetBytes(new string('a', shift) + string.Concat(Enumerable.Repeat(character, 2000)) + new string('a', shift));
            Assert.True(System.Text.Unicode.Utf8.IsValid(TextWindow.Head(text)));
            Assert.True(System.Text.Unicode.Utf8.IsValid(TextWindow.Tail(text)));
        }
    }

    private static string Fold(ReadOnlySpan<byte> utf8)
    {
        var room = new char[FoldedText.MaxLength(TextWindow.MaxBytes)];
        return new string(room, 0, FoldedText.Fold(utf8, room));
    }
}
