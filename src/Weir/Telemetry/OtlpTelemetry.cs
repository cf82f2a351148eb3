using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;

namespace Weir.Telemetry;

/// <summary>
/// Exports spans and metrics while the host runs, when an endpoint is configured. Without one nothing of the
/// OpenTelemetry SDK is loaded: the types live behind a call that is not made.
/// </summary>
public sealed class OtlpTelemetry(OtlpOptions? options) : IHostedService, IDisposable
{
    private IDisposable? _export;

    public bool IsExporting => _export is not null;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options is not null)
            _export ??= Begin(options);
        return Task.CompletedTask;
    }

    /// <summary>Sends what is buffered (bounded to a few seconds) and stops.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(Dispose, CancellationToken.None);

    public void Dispose() => Interlocked.Exchange(ref _export, null)?.Dispose();

    // Not inlined: the JIT must not resolve the SDK's assemblies on the path without an endpoint.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static OtlpExport Begin(OtlpOptions options) => new(options);
}
