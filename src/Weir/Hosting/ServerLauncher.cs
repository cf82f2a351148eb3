using System.Net;
using Microsoft.Extensions.Logging;
using Weir.Cli;
using Weir.Core.Telemetry;
using Weir.Simulator;
using Weir.Simulator.Scripts;
using Weir.Stores;

namespace Weir.Hosting;

/// <summary>Behind <c>weir up</c> and <c>weir simulate</c>: starts, says where, waits, drains.</summary>
internal sealed class ServerLauncher : IServerLauncher
{
    public async Task<int> UpAsync(UpOptions options, CliConsole console, CancellationToken cancellationToken)
    {
        using var logs = LoggerFactory.Create(builder => builder
            .SetMinimumLevel(LogLevel.Warning)
            // While this category is on, the host makes an Activity and a log scope for every call; spans are made by the spine.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddSimpleConsole(o => o.SingleLine = true)
            .AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace));
        await using var host = await StartAsync(options, console, logs, cancellationToken);
        UpBanner.Write(host, options, console);
        await WaitAsync(cancellationToken);
        await console.Error.WriteLineAsync("weir: stopping; running calls may finish.");
        return ExitCode.Ok;
    }

    public async Task<int> SimulateAsync(SimulateOptions options, CliConsole console, CancellationToken cancellationToken)
    {
        try
        {
            var settings = new SimulatorOptions
            {
                Listen = Address(options.Listen, "--listen"),
                Script = options.ScriptPath is { } script ? SimulatorScript.Load(script) : null,
                ReplayDirectory = options.ReplayPath,
            };
            await SimulatorServer.RunAsync(settings, console.Out, options.Json, cancellationToken);
            return ExitCode.Ok;
        }
        catch (Exception e) when (e is IOException or FormatException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failed, "cannot_start", e.Message, inner: e);
        }
    }

    private static async Task<WeirHost> StartAsync(UpOptions options, CliConsole console, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        try
        {
            return await WeirHost.StartAsync(new WeirHostOptions
            {
                ConfigPath = options.ConfigPath,
                DataDirectory = options.DataDir,
                Listen = options.Listen is { } listen ? Address(listen, "--listen") : null,
                Admin = options.Admin is { } admin ? Address(admin, "--admin") : null,
                Demo = options.Demo,
                Environment = console.Variable,
                Time = console.Time,
                AccessLog = Console.OpenStandardError(),
                AccessLogFormat = console.ErrorColor ? AccessLogFormat.Text : AccessLogFormat.Json,
                Version = WeirVersion.Text,
            }, logs, cancellationToken);
        }
        catch (StartException e) when (e.Diagnostics.Count > 0)
        {
            foreach (var diagnostic in e.Diagnostics)
                await console.Error.WriteLineAsync(diagnostic.ToString());
            throw new CliException(ExitCode.Failed, "bad_configuration", e.Message, $"weir check {options.ConfigPath} shows each with its line.", e);
        }
        catch (Exception e) when (e is StartException or StoreException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failed, "cannot_start", e.Message, inner: e);
        }
    }

    private static IPEndPoint Address(string text, string option)
    {
        var spelt = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" + text[9..] : text.StartsWith(':') ? "127.0.0.1" + text : text;
        return IPEndPoint.TryParse(spelt, out var endpoint) && spelt.Contains(':')
            ? endpoint
            : throw new CliException(ExitCode.Usage, "usage", $"{option} '{text}' is not an address.", "Example: 127.0.0.1:8080, or 0.0.0.0:8080 to accept calls from other machines.");
    }

    private static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }
}
