using Weir.Core.Routing.Health;

namespace Weir.Core.Telemetry;

/// <summary>Sharing health with other replicas, on <c>/metrics</c>; nothing where it is not configured.</summary>
internal static class SharedHealthExposition
{
    public static void Write(OpenMetricsWriter writer, SharedHealthStatus? status)
    {
        if (status is null)
            return;
        writer.Family(MetricNames.SharedStateConnected, "gauge", "1 while the store that replicas share can be used.");
        writer.Sample(status.IsConnected ? 1 : 0);
        writer.Family(MetricNames.SharedStateNotices, "counter", "Notices on targets and credentials: told to other replicas, heard from them, dropped for want of room.");
        writer.Sample(status.Told, ("direction", "told"));
        writer.Sample(status.Heard, ("direction", "heard"));
        writer.Sample(status.Dropped, ("direction", "dropped"));
    }
}
