using System.Text;
using Weir.Core.Canon;
using Weir.Core.Dialects;
using Weir.Core.Dialects.GeminiLive;
using Xunit;

namespace Weir.Core.Tests.Dialects.GeminiLive;

public sealed class GeminiLiveTests
{
    [Fact]
    public void The_first_message_names_the_model()
    {
        const string message = """{"setup":{"model":"models/live","generationConfig":{"model":"x"}}}""";
        var facts = new GeminiLiveDialect().ReadFacts(Encoding.UTF8.GetBytes(message), Operation.Realtime).Facts;
        Assert.Equal("live", facts?.Model);
        Assert.Equal("\"models/live\"", message.Substring(facts!.ModelValue.Start, facts.ModelValue.Length));
    }

    [Theory]
    [InlineData("""{"setup":{}}""", "missing_field")]
    [InlineData("""{"clientContent":{}}""", "missing_field")]
    [InlineData("""{"setup":{"model":"a"},"Setup":{"model":"b"}}""", "duplicate_key")]
    [InlineData("""{"setup":{"model":"a","Model":"b"}}""", "duplicate_key")]
    [InlineData("""{"setup":"x"}""", "wrong_type")]
    [InlineData("", "invalid_json")]
    public void Another_first_message_is_refused(string message, string code) =>
        Assert.Equal(code, new GeminiLiveDialect().ReadFacts(Encoding.UTF8.GetBytes(message), Operation.Realtime).Error?.Code);

    [Fact]
    public void Usage_is_counted_by_modality()
    {
        var answer = new GeminiLiveDialect().CreateSessionTap().Read("""
            {"serverContent":{"turnComplete":true},"usageMetadata":{"promptTokenCount":20,"cachedContentTokenCount":2,"responseTokenCount":9,"thoughtsTokenCount":4,
            "promptTokensDetails":[{"modality":"AUDIO","tokenCount":7},{"modality":"VIDEO","tokenCount":6},{"modality":"TEXT","tokenCount":7}],
            "responseTokensDetails":[{"modality":"AUDIO","tokenCount":8},{"modality":"TEXT","tokenCount":1}]}}
            """u8);
        Assert.Equal(new Usage { InputUncached = 5, CacheRead = 2, InputAudio = 7, InputImage = 6, OutputVisible = 1, OutputAudio = 8, Reasoning = 4 }, answer?.Usage);
    }
}
