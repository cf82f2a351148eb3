using Weir.Core.Canon;
using Weir.Core.Tokens.Prompts;

namespace Weir.Core.Tests.Tokens.Prompts;

public sealed class ImageTests
{
    // The examples on the vendors' pages.
    [Theory]
    [InlineData("gpt-4o", 1024, 1024, "high", 765)]
    [InlineData("gpt-4o", 2048, 4096, null, 1105)]
    [InlineData("gpt-4o", 4096, 8192, "low", 85)]
    [InlineData("openai/gpt-4o-mini-2024-07-18", 1024, 1024, null, 25501)]
    [InlineData("gpt-4.1-mini", 1024, 1024, null, 1659)]
    [InlineData("gpt-4.1-mini", 1800, 2400, null, 2353)]
    [InlineData("gpt-5", 1024, 1024, null, 630)]
    [InlineData("claude-sonnet-4-5", 200, 200, null, 54)]
    [InlineData("claude-sonnet-4-5", 1000, 1000, null, 1334)]
    [InlineData("gemini-2.5-flash", 384, 384, null, 258)]
    [InlineData("gemini-2.5-flash", 1536, 768, null, 516)]
    public void An_image_counts_by_its_vendors_rule(string model, int width, int height, string? detail, long tokens) =>
        Assert.Equal(tokens, ImageRule.Of(model).Tokens(new ImageSize(width, height), detail));

    [Theory]
    [InlineData("89504E470D0A1A0A0000000D49484452000002800000012C", 640, 300)]
    [InlineData("474946383961400190010000", 320, 400)]
    [InlineData("5249464600000000574542505650385800000000000000003F01008F0100", 320, 400)]
    [InlineData("52494646000000005745425056503820400000000000009D012A40019001", 320, 400)]
    [InlineData("FFD8FFE000104A46494600010100000100010000FFC4000401FFFFC0001108019001400301", 320, 400)]
    public void The_size_is_read_from_the_head_of_the_file(string hex, int width, int height) =>
        Assert.Equal(new ImageSize(width, height), ImageSize.FromBase64(Convert.ToBase64String([.. Convert.FromHexString(hex), .. new byte[32]])));

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("iVBORw0KGgo=")]
    [InlineData("/9j/4A==")]
    [InlineData("/9j/////////////////////")]
    [InlineData("R0lGOA==")]
    public void Broken_images_have_no_size(string base64) => Assert.Null(ImageSize.FromBase64(base64));

    [Fact]
    public void Random_bytes_are_never_a_fault()
    {
        var random = new Random(3);
        byte[][] heads = [[0xFF, 0xD8], [0x89, (byte)'P', (byte)'N', (byte)'G'], [.. "RIFF0000WEBPVP8 "u8], [.. "RIFF0000WEBPVP8L"u8], [.. "GIF8"u8]];
        for (var i = 0; i < 5000; i++)
        {
            var rest = new byte[random.Next(40)];
            random.NextBytes(rest);
            ImageSize.FromBytes([.. heads[i % heads.Length], .. rest]);
        }
    }

    [Fact]
    public void What_has_no_size_counts_as_an_ordinary_one()
    {
        var request = new ModelRequest
        {
            Model = "m",
            Messages = [new Message(MessageRole.User, [new ContentPart.Image("https://example.com/a.png", null, null, null, null), new ContentPart.Text("Hi")])],
        };
        Assert.Equal(765, ImageTokens.OfAll("gpt-4o", request));
    }
}
