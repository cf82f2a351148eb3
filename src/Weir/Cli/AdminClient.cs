using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Weir.Admin;
using Weir.Admin.Contracts;

namespace Weir.Cli;

/// <summary>Talks to the admin API of a running gateway and turns every way that can fail into a <see cref="CliException"/>.</summary>
internal sealed class AdminClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpMessageInvoker _http;
    private readonly Uri _base;
    private readonly string? _token;
    private readonly string _dataDirectory;
    private readonly TimeProvider _time;

    private AdminClient(HttpMessageInvoker http, Uri address, string? token, string dataDirectory, TimeProvider time) =>
        (_http, _base, _token, _dataDirectory, _time) = (http, address, token, dataDirectory, time);

    public static AdminClient Create(CliConsole console, string? url, string? data)
    {
        var address = url ?? console.Variable(CommonOptions.AdminUrlVariable);
        if (string.IsNullOrWhiteSpace(address))
            address = CommonOptions.DefaultAdminUrl;
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            throw new CliException(ExitCode.Usage, "usage", $"'{address}' is not an http or https address.", $"Example: --admin-url {CommonOptions.DefaultAdminUrl}");
        var directory = data is null ? DataDirectory.Default(console.Variable) : Path.GetFullPath(data);
        // No proxy: the token must not reach one by accident.
        var http = console.Transport is { } transport
            ? new HttpMessageInvoker(transport, disposeHandler: false)
            : new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) });
        return new AdminClient(http, parsed, ReadToken(directory, console.Variable), directory, console.Time);
    }

    /// <summary>Sends and reads one JSON answer: the value and its bytes.</summary>
    public async Task<(T Value, byte[] Body)> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, HttpContent? content, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, _time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var response = await OpenAsync(method, path, content, patience.Token, end.Token);
        var body = await GuardAsync(() => response.Content.ReadAsByteArrayAsync(end.Token), patience.Token);
        try
        {
            return (JsonSerializer.Deserialize(body, type) ?? throw new JsonException("null"), body);
        }
        catch (JsonException e)
        {
            throw new CliException(ExitCode.Failed, "unreadable_answer", $"{_base} answered something that is not Weir's admin API.", "Check --admin-url: is it the admin listener?", e);
        }
    }

    public Task<(T Value, byte[] Body)> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, type, null, cancellationToken);

    /// <summary>Lines of an endless answer, until cancelled or the server ends it.</summary>
    public IAsyncEnumerable<string> LinesAsync(string path, CancellationToken cancellationToken) => LinesAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Lines of an answer that takes as long as it takes.</summary>
    public async IAsyncEnumerable<string> LinesAsync(HttpMethod method, string path, HttpContent? content,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(method, path, content, CancellationToken.None, cancellationToken, "application/x-ndjson");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await GuardAsync(() => reader.ReadLineAsync(cancellationToken).AsTask(), CancellationToken.None) is { } line)
        {
            if (line.Length > 0)
                yield return line;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string path, HttpContent? content, CancellationToken patience, CancellationToken end, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(_base, path)) { Content = content };
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        if (_token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        var response = await GuardAsync(() => _http.SendAsync(request, end), patience);
        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw Refused(response.StatusCode, await GuardAsync(() => response.Content.ReadAsByteArrayAsync(end), patience));
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken patience)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            throw Unreachable($"no answer within {Patience.TotalSeconds:0} s", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Unreachable(Cause(e), e);
        }
    }

    private CliException Unreachable(string why, Exception e) =>
        new(ExitCode.Unreachable, "unreachable", $"cannot reach the admin API at {_base} ({why}).",
            $"Start the gateway with 'weir up', or name its address with --admin-url or {CommonOptions.AdminUrlVariable}.", e);

    private CliException Refused(HttpStatusCode status, byte[] body)
    {
        ErrorView? error = null;
        try
        {
            error = JsonSerializer.Deserialize(body, CliJson.Reader.ErrorBody)?.Error;
        }
        catch (JsonException)
        {
            // Not ours: the status alone has to do.
        }
        var message = error?.Message ?? $"{_base} answered {(int)status}.";
        if (status == HttpStatusCode.Unauthorized)
            return new CliException(ExitCode.NotAllowed, error?.Code ?? "unauthorized",
                _token is null ? $"no admin token: {AdminToken.Variable} is not set and {Path.Combine(_dataDirectory, AdminToken.FileName)} does not exist." : message,
                $"Set {AdminToken.Variable}, or name the gateway's data directory with --data.");
        var exit = status switch { HttpStatusCode.Forbidden => ExitCode.NotAllowed, HttpStatusCode.BadRequest => ExitCode.Usage, _ => ExitCode.Failed };
        return new CliException(exit, error?.Code ?? $"http_{(int)status}", message, error?.Hint);
    }

    private static string? ReadToken(string directory, Func<string, string?> variable)
    {
        try
        {
            return AdminToken.Find(directory, variable);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.NotAllowed, "token_unreadable", $"cannot read {Path.Combine(directory, AdminToken.FileName)}: {e.Message}",
                $"Run as the gateway's user, or set {AdminToken.Variable}.", e);
        }
    }

    private static string Cause(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException socket)
                return socket.SocketErrorCode == SocketError.ConnectionRefused ? "connection refused" : socket.Message;
        }
        return e.Message;
    }
}
