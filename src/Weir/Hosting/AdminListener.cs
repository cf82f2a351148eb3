using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Admin;
using Weir.Core.Configuration.Documents;

namespace Weir.Hosting;

/// <summary>The listener of health, metrics and administration: apart from callers, with small limits.</summary>
internal sealed class AdminListener : IAsyncDisposable
{
    private const int MaxBody = 1 << 20;

    private readonly WebApplication _app;

    public AdminListener(IPEndPoint endpoint, ServerSpec server, AdminServices services, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [] });
        builder.Services.AddSingleton(logs);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MaxRequestHeaderCount = server.Limits.MaxHeaders;
            kestrel.Listen(endpoint, listen => listen.Protocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http1);
        });
        _app = builder.Build();
        AdminApi.Map(_app, services);
    }

    public async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        await Listening.StartAsync(_app, cancellationToken);
        return Listening.AddressOf(_app);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }
}
