using Weir.Load.Measure;
using Weir.Load.Net;

namespace Weir.Load.Run;

/// <summary>Clock and counters of every party at one moment.</summary>
internal sealed record ResourceSample(
    long At, ProcessSample? Target, ProcessSample? Mock, ProcessSample Generator, MachineSample Machine, double? AllocatedBytes)
{
    internal static ResourceSample Take(RunPlan plan)
    {
        // The page is read first: its own cost must not fall into the window it opens.
        var allocated = plan.MetricsPage is { } page ? MetricScrape.Read(page, plan.AllocationMetric) : null;
        return new ResourceSample(
            Clock.Now,
            plan.TargetPid is { } target ? ProcessTree.Sample(target) : null,
            plan.MockPid is { } mock ? ProcessTree.Sample(mock) : null,
            ProcessTree.Sample(Environment.ProcessId),
            MachineSample.Take(),
            allocated);
    }
}
