using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Weir.Core.Telemetry;

namespace Weir.Telemetry;

/// <summary>The running OpenTelemetry SDK: one trace pipeline and one metric pipeline to the same collector.</summary>
internal sealed class OtlpExport : IDisposable
{
    private const int ShutdownMilliseconds = 3000;

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    public OtlpExport(OtlpOptions options)
    {
        _traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(r => Describe(r, options))
            .AddSource(MetricNames.Source)
            .AddOtlpExporter(e => Configure(e, options, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(r => Describe(r, options))
            .AddMeter(MetricNames.Source, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime")
            .AddOtlpExporter((e, _) => Configure(e, options, "v1/metrics"))
            .Build();
    }

    public void Dispose()
    {
        _traces.Shutdown(ShutdownMilliseconds);
        _metrics.Shutdown(ShutdownMilliseconds);
        _traces.Dispose();
        _metrics.Dispose();
    }

    private static void Describe(ResourceBuilder resource, OtlpOptions options) =>
        resource.AddService(options.ServiceName, serviceVersion: options.ServiceVersion);

    private static void Configure(OtlpExporterOptions exporter, OtlpOptions options, string path)
    {
        exporter.Protocol = options.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        // An address set in code is used as it is: over HTTP the signal's path is ours to add, gRPC has its own.
        exporter.Endpoint = options.Grpc ? options.Endpoint : new Uri(options.Endpoint, path);
        if (options.Headers is not null)
            exporter.Headers = options.Headers;
    }
}
