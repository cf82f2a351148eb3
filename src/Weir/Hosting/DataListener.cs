using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Core.Configuration;
using Weir.Core.Configuration.Documents;
using Weir.Http;

namespace Weir.Hosting;

/// <summary>The listener callers connect to: Kestrel with the limits of an AI gateway and one handler, no middleware.</summary>
internal sealed class DataListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeSpan _drain;

    public DataListener(IPEndPoint endpoint, ServerSpec server, CertificateSource? certificates, Accept accept, ILoggerFactory logs)
    {
        // Bare line feeds end header lines for some parsers and not for others. Read once, when Kestrel's options are made.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        _drain = server.DrainTimeout;
        // The empty builder: no middleware, no configuration files, no environment of the framework's own.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = server.DrainTimeout);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Limit(kestrel.Limits, server.Limits);
            kestrel.AddServerHeader = false;
            kestrel.Listen(endpoint, listen =>
            {
                listen.Protocols = server.Protocols switch
                {
                    Core.Configuration.Documents.HttpProtocols.Http1 => Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1,
                    Core.Configuration.Documents.HttpProtocols.Http2 => Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http2,
                    // Without TLS there is nothing to negotiate by: "both" means HTTP/1.1 there.
                    _ when certificates is null => Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1,
                    _ => Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1AndHttp2,
                };
                if (certificates is not null)
                    UseTls(listen, server.Tls!, certificates);
                listen.RecordHeads();
            });
        });
        _app = builder.Build();
        _app.Run(accept.HandleAsync);
    }

    /// <summary>Starts listening and says where.</summary>
    /// <exception cref="StartException">The address is taken or not ours.</exception>
    public async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        await Listening.StartAsync(_app, cancellationToken);
        return Listening.AddressOf(_app);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(_drain);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private static void Limit(KestrelServerLimits limits, LimitsSpec spec)
    {
        // The body limit is enforced while reading, by the snapshot in force.
        limits.MaxRequestBodySize = null;
        // Only counts while bytes wait for the client: a slow model is not a slow client, one that stops reading is.
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromMinutes(2));
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
        limits.MaxRequestHeaderCount = (int)(spec.MaxHeaders ?? RequestLimits.Default.MaxHeaders);
        limits.MaxRequestHeadersTotalSize = (int)(spec.MaxHeaderBytes ?? RequestLimits.Default.MaxHeaderBytes);
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromMinutes(3);
        limits.Http2.MaxStreamsPerConnection = 256;
    }

    private static void UseTls(ListenOptions listen, TlsSpec tls, CertificateSource certificates)
    {
        var versions = tls.MinVersion == "1.3" ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificates.Current,
                EnabledSslProtocols = versions,
            }),
        });
    }
}
