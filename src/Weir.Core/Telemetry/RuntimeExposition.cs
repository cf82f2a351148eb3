using System.Diagnostics;

namespace Weir.Core.Telemetry;

/// <summary>Process and .NET runtime families, named after the OpenTelemetry <c>dotnet.*</c> and Prometheus <c>process_*</c> conventions.</summary>
internal static class RuntimeExposition
{
    public static void Write(OpenMetricsWriter writer, TimeProvider time)
    {
        using var process = Process.GetCurrentProcess();
        writer.Family("process_cpu_seconds", "counter", "Processor time used, user and system.");
        writer.FixedPoint(process.TotalProcessorTime.Ticks, 7);
        writer.Family("process_resident_memory_bytes", "gauge", "Working set.");
        writer.Sample(process.WorkingSet64);
        writer.Family("process_threads", "gauge", "Operating system threads.");
        writer.Sample(process.Threads.Count);
        writer.Family("process_start_time_seconds", "gauge", "Start of the process, Unix time.");
        writer.Sample(new DateTimeOffset(process.StartTime).ToUnixTimeSeconds());
        writer.Family("process_uptime_seconds", "gauge", "Time since the process started.");
        writer.Sample(Math.Max(0, (time.GetUtcNow() - new DateTimeOffset(process.StartTime)).TotalSeconds));
        WriteRuntime(writer);
    }

    private static void WriteRuntime(OpenMetricsWriter writer)
    {
        writer.Family("dotnet_gc_heap_total_allocated_bytes", "counter", "Bytes allocated on the managed heap since the start.");
        writer.Sample(GC.GetTotalAllocatedBytes());
        writer.Family("dotnet_gc_collections", "counter", "Garbage collections, by generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
            writer.Sample(GC.CollectionCount(generation), ("generation", $"gen{generation}"));
        writer.Family("dotnet_gc_pause_seconds", "counter", "Time the process was stopped for garbage collection.");
        writer.FixedPoint(GC.GetTotalPauseDuration().Ticks, 7);
        var memory = GC.GetGCMemoryInfo();
        writer.Family("dotnet_gc_last_collection_heap_size_bytes", "gauge", "Managed heap after the last collection.");
        writer.Sample(memory.HeapSizeBytes);
        writer.Family("dotnet_gc_last_collection_memory_committed_bytes", "gauge", "Memory committed by the collector at its last run.");
        writer.Sample(memory.TotalCommittedBytes);
        writer.Family("dotnet_thread_pool_threads", "gauge", "Thread pool threads.");
        writer.Sample(ThreadPool.ThreadCount);
        writer.Family("dotnet_thread_pool_queue_length", "gauge", "Work items waiting for a thread.");
        writer.Sample(ThreadPool.PendingWorkItemCount);
        writer.Family("dotnet_thread_pool_work_items", "counter", "Work items completed.");
        writer.Sample(ThreadPool.CompletedWorkItemCount);
        writer.Family("dotnet_monitor_lock_contentions", "counter", "Contended monitor acquisitions.");
        writer.Sample(Monitor.LockContentionCount);
    }
}
