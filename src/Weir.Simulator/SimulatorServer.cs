using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using System.Text;
using Weir.Simulator.Engines;
using Weir.Simulator.Records;
using Weir.Simulator.Scripts;

namespace Weir.Simulator;

/// <summary>A simulator on a Kestrel server of its own: no host, no logging, started in milliseconds.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly ServiceProvider _services;

    private SimulatorServer(KestrelServer server, ServiceProvider services, SimulatorApp app, Uri address) =>
        (_server, _services, App, BaseAddress) = (server, services, app, address);

    /// <summary>Root of the simulated providers, without a path.</summary>
    public Uri BaseAddress { get; }

    /// <summary>What was served.</summary>
    public SimulatorState State => App.State;

    /// <summary>The simulator as an inference server with a queue, and what its <c>/metrics</c> says.</summary>
    public SimEngine Engine => App.Engine;

    /// <summary>Rules that go before those of the options, from the next call on, so that a server can fail and get well; null = none.</summary>
    public SimulatorScript? Trouble { set => App.Trouble = value; }

    internal SimulatorApp App { get; }

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<SimulatorServer> StartAsync(SimulatorOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new SimulatorOptions();
        var services = new ServiceCollection().BuildServiceProvider();
        var app = new SimulatorApp(options);
        var server = new KestrelServer(
            Options.Create(Kestrel(options, services)),
            // A flush then completes only when the kernel has the bytes: what was "sent" before a cut really was.
            new SocketTransportFactory(Options.Create(new SocketTransportOptions { MaxWriteBufferSize = 2 }), NullLoggerFactory.Instance),
            NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(new Application(app), cancellation);
        }
        catch
        {
            server.Dispose();
            await services.DisposeAsync();
            throw;
        }

        var address = server.Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new SimulatorServer(server, services, app, new Uri(address));
    }

    /// <summary>Serves until cancelled, saying on <paramref name="output"/> where; the body of <c>weir simulate</c>.</summary>
    /// <param name="options">How the simulator is set up.</param>
    /// <param name="output">Where it says so.</param>
    /// <param name="json">Say it as one JSON object, <c>{"url":"http://127.0.0.1:9090"}</c>.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task RunAsync(SimulatorOptions options, TextWriter output, bool json, CancellationToken cancellation)
    {
        await using var server = await StartAsync(options, cancellation);
        await output.WriteLineAsync(json ? $$"""{"url":"{{server.BaseAddress.GetLeftPart(UriPartial.Authority)}}"}""" : $"Simulated providers on {server.BaseAddress} (OpenAI /v1, Anthropic /v1/messages, Gemini /v1beta)");
        await output.FlushAsync(cancellation);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, options.TimeProvider, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The asked-for end.
        }
    }

    /// <summary>Stops at once; open connections are dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        App.Dispose();
        await _services.DisposeAsync();
    }

    private static KestrelServerOptions Kestrel(SimulatorOptions options, IServiceProvider services)
    {
        var kestrel = new KestrelServerOptions { ApplicationServices = services, AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestHeadersTotalSize = 256 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 1000;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
        kestrel.Listen(options.Listen, listen => listen.Protocols = HttpProtocols.Http1);
        return kestrel;
    }

    private sealed class Application(SimulatorApp app) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => app.HandleAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
