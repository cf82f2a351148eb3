using System.Collections.Concurrent;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Weir.Testing.Upstreams;

/// <summary>A provider behind real TLS on a free port of 127.0.0.1: answers every call with the same chat completion, whole or streamed.</summary>
public sealed class SecureUpstream : IAsyncDisposable
{
    private const string Whole = """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"safe and sound"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}""";
    private const string Streamed = """
        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"safe and sound"},"finish_reason":null}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}

        data: [DONE]


        """;

    private readonly WebApplication _app;

    private SecureUpstream(WebApplication app) => _app = app;

    /// <summary>Base URL for a provider, ending in <c>/v1</c>.</summary>
    public Uri BaseUrl => new(new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "v1");

    /// <summary>Each call that got through: the subject of the client certificate it came with, or empty.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Starts listening.</summary>
    /// <param name="pem">The server's certificate with its chain, PEM.</param>
    /// <param name="key">Its private key, PEM.</param>
    /// <param name="protocols">TLS versions it speaks.</param>
    /// <param name="accepts">Decides on the certificate a client must show; null asks for none.</param>
    public static async Task<SecureUpstream> StartAsync(string pem, string key, SslProtocols protocols = SslProtocols.Tls12 | SslProtocols.Tls13, Predicate<X509Certificate2>? accepts = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(pem);
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = X509Certificate2.CreateFromPem(pem, key),
                ServerCertificateChain = chain,
                SslProtocols = protocols,
                ClientCertificateMode = accepts is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = accepts is null ? null : (certificate, _, _) => accepts(certificate),
            });
        }));
        var upstream = new SecureUpstream(builder.Build());
        upstream._app.Run(upstream.AnswerAsync);
        await upstream._app.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Calls.Enqueue(context.Connection.ClientCertificate?.Subject ?? "");
        using var body = new StreamReader(context.Request.Body);
        var streams = (await body.ReadToEndAsync()).Contains("\"stream\":true", StringComparison.Ordinal);
        context.Response.ContentType = streams ? "text/event-stream" : "application/json";
        await context.Response.WriteAsync(streams ? Streamed.ReplaceLineEndings("\n") : Whole);
    }
}
