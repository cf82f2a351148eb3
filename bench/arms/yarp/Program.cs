using System.Diagnostics;
using System.Net;
using Yarp.ReverseProxy.Forwarder;

// yarp-arm LISTEN UPSTREAM: forwards everything to the upstream; GET /metrics tells allocated bytes, so that allocation per
// request has the same yardstick as CPU.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls($"http://{args[0]}");
builder.Services.AddHttpForwarder();
builder.WebHost.ConfigureKestrel(o =>
{
    o.AddServerHeader = false;
    o.Limits.MaxRequestBodySize = null;
    o.Limits.MinResponseDataRate = null;
    o.Limits.MinRequestBodyDataRate = null;
});
var app = builder.Build();
var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
using HttpMessageInvoker client = new(new SocketsHttpHandler
{
    UseProxy = false,
    UseCookies = false,
    AllowAutoRedirect = false,
    AutomaticDecompression = DecompressionMethods.None,
    ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
});
var upstream = $"http://{args[1]}";
ForwarderRequestConfig config = new() { ActivityTimeout = TimeSpan.FromMinutes(10) };
app.Run(async context =>
{
    if (context.Request.Method == "GET" && context.Request.Path == "/metrics")
    {
        await context.Response.WriteAsync($"dotnet_gc_heap_total_allocated_bytes_total {GC.GetTotalAllocatedBytes()}\n");
        return;
    }

    await forwarder.SendAsync(context, upstream, client, config, HttpTransformer.Empty);
});
app.Run();
