using System.Globalization;
using System.Text;
using Microsoft.Diagnostics.Tracing.Etlx;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace Weir.Benchmarks.Allocations;

/// <summary>Allocation samples added up by owner and type.</summary>
internal sealed class AllocationTable
{
    private const int TypesShown = 6;
    private readonly Dictionary<(string Owner, string Type), long> _bytes = [];
    private long _total;
    private int _samples;

    public static AllocationTable Read(string trace)
    {
        var table = new AllocationTable();
        var converted = TraceLog.CreateFromEventPipeDataFile(trace);
        using (var log = new TraceLog(converted))
        {
            foreach (var sample in log.Events.ByEventType<GCAllocationTickTraceData>())
                table.Add(Methods(sample.CallStack()), sample.TypeName, sample.AllocationAmount64);
        }
        File.Delete(converted);
        return table;
    }

    /// <summary>The table as Markdown; <paramref name="bytesPerRequest"/> is what the runtime's own counter says, shared out by the samples.</summary>
    public string Render(double bytesPerRequest)
    {
        var text = new StringBuilder("| owner | bytes per request | share | largest types (bytes per request) |\n| --- | --: | --: | --- |\n");
        foreach (var owner in _bytes.GroupBy(b => b.Key.Owner).OrderByDescending(g => g.Sum(b => b.Value)))
        {
            var types = owner.OrderByDescending(b => b.Value).Take(TypesShown)
                .Select(b => $"`{b.Key.Type}` {Scale(b.Value, bytesPerRequest)}");
            var sum = owner.Sum(b => b.Value);
            text.Append(CultureInfo.InvariantCulture, $"| {owner.Key} | {Scale(sum, bytesPerRequest)} | {100.0 * sum / _total:0.0} % | {string.Join(", ", types)} |\n");
        }
        return text.Append(CultureInfo.InvariantCulture, $"| **all** | **{bytesPerRequest:0}** | | {_samples} samples |\n").ToString();
    }

    private string Scale(long bytes, double bytesPerRequest) => (bytes * bytesPerRequest / _total).ToString("0", CultureInfo.InvariantCulture);

    private void Add(IEnumerable<string> methods, string type, long bytes)
    {
        var key = (AllocationOwner.Of(methods), Shorten(type));
        _bytes[key] = _bytes.GetValueOrDefault(key) + bytes;
        _total += bytes;
        _samples++;
    }

    private static IEnumerable<string> Methods(TraceCallStack? stack)
    {
        for (; stack is not null; stack = stack.Caller)
            yield return stack.CodeAddress.FullMethodName;
    }

    /// <summary>State machines by the method they belong to; everything else without namespaces.</summary>
    private static string Shorten(string type)
    {
        var machine = type.IndexOf("+<", StringComparison.Ordinal);
        if (machine >= 0 && type.IndexOf(">d__", machine, StringComparison.Ordinal) is > 0 and var end)
        {
            var start = type.LastIndexOfAny(['.', ',', '['], machine) + 1;
            return $"async {type[start..machine]}.{type[(machine + 2)..end]}";
        }
        var generic = type.IndexOfAny(['`', '[', '<']);
        var name = generic < 0 ? type : type[..generic];
        return name[(name.LastIndexOf('.') + 1)..] + (type.EndsWith("[]", StringComparison.Ordinal) ? "[]" : "");
    }
}
