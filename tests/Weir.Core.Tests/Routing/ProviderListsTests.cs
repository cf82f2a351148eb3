using System.Text;
using Weir.Core.Routing.Discovery;

namespace Weir.Core.Tests.Routing;

public sealed class ProviderListsTests
{
    [Theory]
    [InlineData("""{"object":"list","data":[{"id":"gpt-5"},{"id":"gpt-4o"},{"id":"gpt-5"}]}""", "gpt-4o,gpt-5")]
    [InlineData("""{"data":[{"type":"model","id":"claude-sonnet-5"}],"has_more":false}""", "claude-sonnet-5")]
    [InlineData("""{"models":[{"name":"models/gemini-3-pro","version":"1"}],"nextPageToken":"x"}""", "gemini-3-pro")]
    [InlineData("""{"models":[{"name":"llama3:8b","model":"llama3:8b"}]}""", "llama3:8b")]
    [InlineData("""[{"id":"a"},{"x":1},7]""", "a")]
    [InlineData("""{"data":[]}""", "")]
    [InlineData("""{"error":{"message":"no"}}""", null)]
    [InlineData("""{"data":{"id":"a"}}""", null)]
    [InlineData("<html>", null)]
    [InlineData("", null)]
    public void The_lists_of_all_APIs_are_understood(string body, string? names)
    {
        var read = ProviderLists.Read(Encoding.UTF8.GetBytes(body));
        Assert.Equal(names, read is null ? null : string.Join(',', read));
    }

    [Theory]
    [InlineData("https://a.example/v1", "openai-chat", null, "https://a.example/v1/models")]
    [InlineData("https://a.example/v1/", "anthropic-messages", null, "https://a.example/v1/models?limit=1000")]
    [InlineData("http://localhost:11434/v1", "ollama-chat", "http://localhost:11434/", "http://localhost:11434/api/tags")]
    [InlineData("https://a.example/v1", "bedrock-converse", null, null)]
    public void A_list_is_where_its_API_has_it(string baseUrl, string dialect, string? own, string? address)
    {
        var dialects = new Dictionary<string, Uri?> { [dialect] = own is null ? null : new Uri(own) };
        Assert.Equal(address, ProviderLists.AddressOf(new Uri(baseUrl), dialects)?.AbsoluteUri);
    }

    [Fact]
    public void The_list_at_the_providers_own_address_comes_first()
    {
        var dialects = new Dictionary<string, Uri?> { ["ollama-chat"] = new Uri("http://localhost:11434/"), ["openai-chat"] = null };
        Assert.Equal("http://localhost:11434/v1/models", ProviderLists.AddressOf(new Uri("http://localhost:11434/v1"), dialects)?.AbsoluteUri);
    }
}
