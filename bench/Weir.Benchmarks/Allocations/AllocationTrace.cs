using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Weir.Benchmarks.Allocations;

/// <summary>Records the runtime's allocation samples (one per 100 KB allocated, with its stack) of another process.</summary>
internal static class AllocationTrace
{
    public static async Task RecordAsync(int pid, TimeSpan duration, string path)
    {
        var client = new DiagnosticsClient(pid);
        using var session = client.StartEventPipeSession(
            [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, (long)ClrTraceEventParser.Keywords.GC)], requestRundown: true);
        await using var file = File.Create(path);
        var copying = session.EventStream.CopyToAsync(file);
        await Task.Delay(duration);
        // The end brings the names of all methods; they come through the stream, so it has to be read meanwhile.
        await session.StopAsync(CancellationToken.None);
        await copying;
    }
}
