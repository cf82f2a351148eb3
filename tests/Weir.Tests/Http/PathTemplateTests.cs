using Weir.Http;
using Xunit;

namespace Weir.Tests.Http;

public sealed class PathTemplateTests
{
    private const string Vertex = "/v1/projects/{project}/locations/{location}/publishers/google/models/{model}:generateContent";

    [Theory]
    [InlineData("/v1beta/models/{model}:generateContent", "/v1beta/models/gemini-2.5-pro:generateContent", "gemini-2.5-pro")]
    [InlineData("/v1beta/models/{model}:generateContent", "/v1beta/models/openai/gpt-5:generateContent", "openai/gpt-5")]
    [InlineData("/v1beta/models/{model}:generateContent", "/v1beta/models/a:generateContent:generateContent", "a:generateContent")]
    [InlineData("/model/{model}/converse", "/model/arn:aws:bedrock:x%2Fy/converse", "arn:aws:bedrock:x/y")]
    [InlineData(Vertex, "/v1/projects/p/locations/l/publishers/google/models/m:generateContent", "m")]
    public void The_model_is_what_stands_between_the_literals(string template, string path, string model)
    {
        Assert.True(PathTemplate.Parse(template).TryMatch(path, out var found));
        Assert.Equal(model, found);
    }

    [Theory]
    [InlineData("/v1beta/models/{model}:generateContent", "/v1beta/models/:generateContent")]
    [InlineData("/v1beta/models/{model}:generateContent", "/v1beta/models/m:streamGenerateContent")]
    [InlineData("/v1beta/models/{model}:generateContent", "/v1beta/models/m:generateContent/more")]
    [InlineData(Vertex, "/v1/projects/p/q/locations/l/publishers/google/models/m:generateContent")]
    [InlineData("/plain", "/plain/")]
    public void What_differs_in_a_literal_is_another_path(string template, string path) =>
        Assert.False(PathTemplate.Parse(template).TryMatch(path, out _));

    [Theory]
    [InlineData("/a/{b")]
    [InlineData("/a/{b}{model}")]
    public void A_broken_template_is_refused_when_it_is_made(string template) =>
        Assert.Throws<FormatException>(() => PathTemplate.Parse(template));
}
