using System.Text.Json;
using Weir.Admin;
using Xunit;

namespace Weir.Tests.Admin;

public sealed class RequestPathsTests
{
    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"x"}]}""", "/v1/chat/completions")]
    [InlineData("""{"model":"m","messages":[],"tools":[{"type":"function","function":{"name":"f"}}]}""", "/v1/chat/completions")]
    [InlineData("""{"model":"m","max_tokens":5,"system":"s","messages":[]}""", "/v1/messages")]
    [InlineData("""{"model":"m","max_tokens":5,"messages":[],"tools":[{"name":"f","input_schema":{}}]}""", "/v1/messages")]
    [InlineData("""{"model":"m","max_tokens":5,"messages":[{"role":"user","content":[{"type":"tool_result"}]}]}""", "/v1/messages")]
    [InlineData("""{"model":"m","input":"x"}""", "/v1/responses")]
    [InlineData("""{"model":"text-embedding-3-small","input":"x"}""", "/v1/embeddings")]
    [InlineData("""{"model":"m","input":["x"],"encoding_format":"base64"}""", "/v1/embeddings")]
    [InlineData("""{"model":"m","prompt":"x"}""", "/v1/completions")]
    [InlineData("""{"model":"m","query":"q","documents":["d"]}""", "/v2/rerank")]
    [InlineData("""{"model":"gemini/x y","contents":[]}""", "/v1beta/models/gemini%2Fx%20y:generateContent")]
    [InlineData("""{"contents":[]}""", null)]
    [InlineData("""{"messages":[{"role":"user","content":[{"text":"x"}]}],"inferenceConfig":{}}""", null)]
    [InlineData("""{"model":"m"}""", null)]
    [InlineData("""[]""", null)]
    [InlineData("""{"model":5,"messages":7,"tools":{"a":1}}""", "/v1/chat/completions")]
    public void The_path_is_told_by_what_only_one_api_has(string body, string? path)
    {
        using var document = JsonDocument.Parse(body);
        Assert.Equal(path, RequestPaths.Guess(document.RootElement));
    }
}
