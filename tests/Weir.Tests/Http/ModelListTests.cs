using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Core.Identity;
using Weir.Hosting;
using Weir.Tests.Stores;
using Weir.Tests.Support;
using Xunit;

namespace Weir.Tests.Http;

/// <summary>Model lists of a gateway that has no configuration file, only providers' keys in its environment.</summary>
public sealed class ModelListTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WeirHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await WeirHost.StartAsync(new WeirHostOptions
    {
        DataDirectory = _folder.File("data"),
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        Admin = new IPEndPoint(IPAddress.Loopback, 0),
        Environment = name => name is "OPENAI_API_KEY" or "ANTHROPIC_API_KEY" ? "sk-not-a-real-key-0123456789" : null,
    }, NullLoggerFactory.Instance, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Providers_from_the_environment_are_listed_by_the_models_the_catalogue_knows_each_once()
    {
        var list = await GetAsync("/v1/models", "*");

        Assert.True(list.Headers.ContainsKey("x-request-id"));
        var models = list.Json.GetProperty("data").EnumerateArray().ToDictionary(m => m.GetProperty("id").GetString()!);
        Assert.Contains("demo", models.Keys);
        foreach (var (id, owner) in new[] { ("gpt-4o", "openai"), ("text-embedding-3-small", "openai"), ("claude-sonnet-4-5", "anthropic") })
        {
            Assert.Equal(owner, models[id].GetProperty("owned_by").GetString());
            Assert.DoesNotContain(owner + "/" + id, models.Keys);
        }
        Assert.DoesNotContain(models.Keys, id => id.Contains('*') || id.StartsWith("gemini", StringComparison.Ordinal));
        Assert.Equal(new DateTimeOffset(2024, 5, 13, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(), models["gpt-4o"].GetProperty("created").GetInt64());
    }

    [Fact]
    public async Task Anthropics_style_shows_the_release_and_the_epoch_where_nobody_knows_it()
    {
        var list = await GetAsync("/v1/models?limit=1000", "*", anthropic: true);

        Assert.True(list.Headers.ContainsKey("request-id"));
        var models = list.Json.GetProperty("data").EnumerateArray().ToDictionary(m => m.GetProperty("id").GetString()!, m => m.GetProperty("created_at").GetString());
        Assert.Equal("2025-09-29T00:00:00Z", models["claude-sonnet-4-5"]);
        Assert.Equal("2024-05-13T00:00:00Z", models["gpt-4o"]);
        Assert.Equal("1970-01-01T00:00:00Z", models["demo"]);
    }

    [Fact]
    public async Task Pages_of_Anthropics_style_meet_without_gap_or_overlap()
    {
        var all = Ids(await GetAsync("/v1/models?limit=1000", "*", anthropic: true));
        var paged = new List<string>();
        for (var next = "/v1/models?limit=7"; next is not null;)
        {
            var page = await GetAsync(next, "*", anthropic: true);
            paged.AddRange(Ids(page));
            next = page.Json.GetProperty("has_more").GetBoolean() ? "/v1/models?limit=7&after_id=" + Uri.EscapeDataString(page.Json.GetProperty("last_id").GetString()!) : null;
        }
        Assert.True(all.Count > 20);
        Assert.Equal(all, paged);
    }

    [Theory]
    [InlineData("claude-*", "claude-sonnet-4-5", "anthropic/claude-sonnet-4-5")]
    [InlineData("anthropic/*", "anthropic/claude-sonnet-4-5", "claude-sonnet-4-5")]
    public async Task Only_names_the_key_may_use_are_listed_and_found(string grant, string visible, string hidden)
    {
        var list = Ids(await GetAsync("/v1/models", grant));
        Assert.Contains(visible, list);
        Assert.All(list, id => Assert.StartsWith(grant[..^1], id, StringComparison.Ordinal));

        var found = await GetAsync("/v1/models/" + visible, grant);
        Assert.Equal((200, visible), (found.Status, found.Json.GetProperty("id").GetString()));
        Assert.Equal(404, (await GetAsync("/v1/models/" + hidden, grant)).Status);
        Assert.Equal(200, (await GetAsync("/v1/models/" + hidden, "*")).Status);
        Assert.Equal(404, (await GetAsync("/v1/models/claude-nobody-heard-of", "*")).Status);
    }

    private static List<string> Ids(Answer list) => [.. list.Json.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!)];

    private async Task<Answer> GetAsync(string path, string grant, bool anthropic = false)
    {
        var name = "k" + Guid.NewGuid().ToString("N");
        var key = await _host.Keys.CreateAsync(new NewKey(name, "default", null, [grant], null), Cancellation);
        using var http = new HttpClient { BaseAddress = _host.DataAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Secret);
        if (anthropic)
            request.Headers.Add("anthropic-version", "2023-06-01");
        using var response = await http.SendAsync(request, Cancellation);
        return await Answer.ReadAsync(response, Cancellation);
    }
}
