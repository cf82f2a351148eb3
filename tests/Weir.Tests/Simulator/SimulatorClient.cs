using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Simulator;
using Xunit;

namespace Weir.Tests.Simulator;

/// <summary>A simulator and a plain HTTP client on it.</summary>
public sealed class SimulatorClient : IAsyncDisposable
{
    private SimulatorClient(SimulatorServer server)
    {
        Server = server;
        Http = new HttpClient { BaseAddress = server.BaseAddress, Timeout = TimeSpan.FromSeconds(30) };
        Http.DefaultRequestHeaders.Add("authorization", "Bearer test");
        Http.DefaultRequestHeaders.Add("x-goog-api-key", "test");
    }

    public SimulatorServer Server { get; }

    public HttpClient Http { get; }

    public static async Task<SimulatorClient> StartAsync(SimulatorOptions? options = null) =>
        new(await SimulatorServer.StartAsync(options, TestContext.Current.CancellationToken));

    public static object Chat(string text, bool stream = false, object? extra = null) =>
        Merge(new { model = "gpt-4o", stream, messages = new[] { new { role = "user", content = text } } }, extra);

    public static object Messages(string text, bool stream = false, object? extra = null) =>
        Merge(new { model = "claude-sonnet-4-5", max_tokens = 4096, stream, messages = new[] { new { role = "user", content = text } } }, extra);

    public static object Gemini(string text, object? extra = null) =>
        Merge(new { contents = new[] { new { role = "user", parts = new[] { new { text } } } } }, extra);

    public Task<HttpResponseMessage> PostAsync(string path, object body, bool stream = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (path.Contains("/messages", StringComparison.Ordinal))
        {
            request.Headers.Add("anthropic-version", "2023-06-01");
        }

        return Http.SendAsync(
            request,
            stream ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead,
            TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> JsonAsync(string path, object body, int status = 200)
    {
        using var response = await PostAsync(path, body);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text} {Server.State.Failure}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The <c>data:</c> payloads until the stream ends, and whether it ended cleanly.</summary>
    public async Task<(List<string> Events, bool Clean)> StreamAsync(string path, object body)
    {
        using var response = await PostAsync(path, body, stream: true);
        Assert.Equal(200, (int)response.StatusCode);
        return await EventsAsync(response);
    }

    public static async Task<(List<string> Events, bool Clean)> EventsAsync(HttpResponseMessage response)
    {
        var bytes = new MemoryStream();
        var clean = true;
        try
        {
            await response.Content.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            clean = false;
        }

        var lines = Encoding.UTF8.GetString(bytes.ToArray()).ReplaceLineEndings("\n").Split('\n');
        return ([.. lines.Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line[6..])], clean);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    public static JsonObject Merge(object basis, object? extra)
    {
        var merged = JsonSerializer.SerializeToNode(basis)!.AsObject();
        foreach (var (name, value) in extra is null ? [] : JsonSerializer.SerializeToNode(extra)!.AsObject().ToList())
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }
}
