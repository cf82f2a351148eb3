using System.Text.Json;
using Weir.Core.Canon;
using Weir.Core.Dialects.PassThrough;
using Xunit;

namespace Weir.Core.Tests.Dialects.PassThrough;

public sealed class MediaUsageTests
{
    [Fact]
    public void Images_are_split_by_their_details() => Check(
        """{"input_tokens":221,"input_tokens_details":{"image_tokens":194,"text_tokens":27},"output_tokens":415,"output_tokens_details":{"image_tokens":272,"text_tokens":143},"total_tokens":636}""",
        MediaKind.Image, new Usage { InputUncached = 27, InputImage = 194, OutputImage = 272, OutputVisible = 143 });

    [Fact]
    public void Output_without_details_is_what_the_call_makes() => Check(
        """{"input_tokens":10,"output_tokens":20,"total_tokens":30}""", MediaKind.Image, new Usage { InputUncached = 10, OutputImage = 20 });

    [Fact]
    public void A_recording_is_sound_in_and_text_out() => Check(
        """{"type":"tokens","total_tokens":49,"input_tokens":37,"input_token_details":{"text_tokens":0,"audio_tokens":37},"output_tokens":12}""",
        MediaKind.Text, new Usage { InputAudio = 37, OutputVisible = 12 });

    [Fact]
    public void Sound_beside_the_prompt_is_not_taken_out_of_it() => Check(
        """{"prompt_audio_seconds":3,"prompt_tokens":3,"total_tokens":389,"completion_tokens":11,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":375},"service_tier":"standard"}""",
        MediaKind.Text, new Usage { InputUncached = 3, InputAudio = 375, OutputVisible = 11, ServiceTier = "standard" });

    [Fact]
    public void What_a_session_read_from_its_cache_is_counted_once() => Check(
        """{"total_tokens":253,"input_tokens":132,"output_tokens":121,"input_token_details":{"text_tokens":119,"audio_tokens":13,"image_tokens":0,"cached_tokens":64,"cached_tokens_details":{"text_tokens":60,"audio_tokens":4}},"output_token_details":{"text_tokens":30,"audio_tokens":91}}""",
        MediaKind.Text, new Usage { InputUncached = 59, InputAudio = 9, CacheRead = 64, OutputVisible = 30, OutputAudio = 91 });

    [Theory]
    [InlineData("""{"type":"duration","seconds":7}""")]
    [InlineData("""{"cost_in_usd_ticks":200000000}""")]
    [InlineData("""[]""")]
    [InlineData("""{"input_tokens":"many","output_tokens":-3}""")]
    public void What_is_not_in_tokens_is_no_usage(string json) => Assert.Null(Read(json, MediaKind.Text));

    private static void Check(string json, MediaKind output, Usage expected) => Assert.Equal(expected, Read(json, output));

    private static Usage? Read(string json, MediaKind output)
    {
        using var document = JsonDocument.Parse(json);
        return MediaUsage.Read(document.RootElement, output);
    }
}
