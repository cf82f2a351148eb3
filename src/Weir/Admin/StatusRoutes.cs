using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Weir.Admin.Contracts;
using Weir.Core.Telemetry;

namespace Weir.Admin;

/// <summary>Liveness, readiness, metrics and version.</summary>
internal sealed class StatusRoutes(AdminServices services, AdminGuard guard)
{
    /// <summary>The process answers: that is all it says.</summary>
    public static async Task HealthAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.BodyWriter.WriteAsync("ok\n"u8.ToArray(), context.RequestAborted);
    }

    public Task ReadyAsync(HttpContext context)
    {
        var ready = Ready();
        var status = ready.Status == "not_ready" ? 503 : 200;
        return guard.HasToken(context.Request)
            ? AdminResponse.JsonAsync(context, status, ready, AdminJson.Default.ReadyView)
            : AdminResponse.JsonAsync(context, status, new ReadySummary(ready.Status), AdminJson.Default.ReadySummary);
    }

    public async Task MetricsAsync(HttpContext context)
    {
        var format = OpenMetricsWriter.Negotiate(context.Request.Headers.Accept.ToString());
        var body = new ArrayBufferWriter<byte>(32 * 1024);
        MetricsExposition.Write(body, format, services.Metrics, services.State);
        context.Response.ContentType = OpenMetricsWriter.ContentType(format);
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    public Task VersionAsync(HttpContext context) =>
        AdminResponse.OkAsync(context, VersionOf(services.State.Version), AdminJson.Default.VersionView);

    public static VersionView VersionOf(string version) =>
        new(version, RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription,
            RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant());

    private ReadyView Ready()
    {
        var now = services.State.Time.GetUtcNow();
        var problem = services.LedgerProblem();
        var draining = services.Draining();
        var snapshot = services.Snapshots.Current;
        var fault = services.Snapshots.Fault;
        // Before the first good load the source has nothing yet, whatever its annotation promises for later.
        var configuration = snapshot is null ? null : new ConfigurationState(snapshot.Version, snapshot.Hash, snapshot.LoadedAt,
            Math.Max(0, (now - snapshot.LoadedAt).TotalSeconds), FaultOf(fault));
        var certificate = services.CertificateProblem();
        // A ledger that cannot write means money that is not counted: no new traffic. A refused newer configuration is not
        // such a case, the last good one serves; nor is a refused certificate.
        var status = draining || problem is not null || configuration is null ? "not_ready" : fault is not null || certificate is not null ? "degraded" : "ready";
        return new ReadyView(status, services.State.Version, Math.Max(0, (now - services.StartedAt).TotalSeconds), draining, configuration,
            new LedgerState(problem is null, services.State.LedgerDepth(), problem), certificate);
    }

    internal static FaultView? FaultOf(Core.Configuration.ConfigurationFault? fault) =>
        fault is null ? null : new FaultView(fault.At, [.. fault.Diagnostics.Select(DiagnosticView.From)]);
}
