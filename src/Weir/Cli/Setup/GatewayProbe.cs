using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Weir.Cli.Setup;

/// <summary>Asks the gateway's data listener what an agent would ask it.</summary>
internal sealed class GatewayProbe : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http;
    private readonly Uri _url;

    public GatewayProbe(Uri url, string key, HttpMessageHandler? transport)
    {
        _url = url;
        _http = new HttpClient(transport ?? new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) }, disposeHandler: transport is null) { Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>The listed models the key may use.</summary>
    public async Task<IReadOnlyList<string>> ModelsAsync(CancellationToken cancellationToken)
    {
        var body = await SendAsync(HttpMethod.Get, "/v1/models", null, cancellationToken);
        try
        {
            using var document = JsonDocument.Parse(body);
            return [.. document.RootElement.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CliException(ExitCode.Failed, "not_a_gateway", $"{_url} is not a Weir data listener: its model list cannot be read.", "Check --url.", e);
        }
    }

    /// <summary>Makes one small call; its refusal becomes the reason setup changes nothing.</summary>
    public Task CallAsync(string path, string body, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, body, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<string> SendAsync(HttpMethod method, string path, string? body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(_url, path));
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode ? text
                : throw new CliException(ExitCode.Failed, "call_refused", $"{path} answered {(int)response.StatusCode}: {MessageOf(text)}", "Nothing was changed. 'weir requests tail' shows the call.");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Unreachable, "unreachable", $"cannot reach the gateway at {_url} ({e.Message}).", "Start it with 'weir up', or name its address with --url.", e);
        }
    }

    private static string MessageOf(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.GetProperty("error").GetProperty("message").GetString() ?? text;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return text.Length > 300 ? text[..300] + "…" : text;
        }
    }
}
