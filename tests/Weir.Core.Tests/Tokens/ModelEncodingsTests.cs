using Weir.Core.Tokens;

namespace Weir.Core.Tests.Tokens;

public sealed class ModelEncodingsTests
{
    [Theory]
    [InlineData("gpt-4o", ModelEncoding.O200k)]
    [InlineData("openai/gpt-4o-2024-08-06", ModelEncoding.O200k)]
    [InlineData("GPT-4.1-nano", ModelEncoding.O200k)]
    [InlineData("ft:gpt-4o-mini:org::id", ModelEncoding.O200k)]
    [InlineData("gpt-5.2-codex", ModelEncoding.O200k)]
    [InlineData("o3-mini", ModelEncoding.O200k)]
    [InlineData("ollama/gpt-oss:120b", ModelEncoding.O200k)]
    [InlineData("bedrock/openai.gpt-oss-20b-1:0", ModelEncoding.O200k)]
    [InlineData("gpt-4", ModelEncoding.Cl100k)]
    [InlineData("gpt-4-0613", ModelEncoding.Cl100k)]
    [InlineData("azure/gpt-35-turbo", ModelEncoding.Cl100k)]
    [InlineData("text-embedding-3-small", ModelEncoding.Cl100k)]
    [InlineData("gpt-40", ModelEncoding.None)]
    [InlineData("o100", ModelEncoding.None)]
    [InlineData("claude-opus-4-1", ModelEncoding.None)]
    [InlineData("gemini-2.5-pro", ModelEncoding.None)]
    [InlineData("", ModelEncoding.None)]
    [InlineData("openai/", ModelEncoding.None)]
    public void A_models_name_tells_its_encoding(string model, ModelEncoding encoding) => Assert.Equal(encoding, ModelEncodings.Find(model));
}
