using System.Globalization;

namespace Weir.Benchmarks.Allocations;

/// <summary>
/// <c>allocations --pid PID --seconds S --trace FILE</c> records a running process;
/// <c>allocations --trace FILE --bytes-per-request N [--out FILE]</c> makes the table of it.
/// </summary>
internal static class AllocationCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new Dictionary<string, string>();
        for (var i = 0; i + 1 < args.Length; i += 2)
            options[args[i]] = args[i + 1];
        if (!options.TryGetValue("--trace", out var trace))
        {
            await Console.Error.WriteLineAsync("allocations: --trace FILE is needed");
            return 2;
        }

        if (options.TryGetValue("--pid", out var pid))
            await AllocationTrace.RecordAsync(int.Parse(pid, CultureInfo.InvariantCulture), Seconds(options), trace);
        if (!options.TryGetValue("--bytes-per-request", out var bytes))
            return 0;
        var table = AllocationTable.Read(trace).Render(double.Parse(bytes, CultureInfo.InvariantCulture));
        if (options.TryGetValue("--out", out var path))
            await File.WriteAllTextAsync(path, table);
        else
            Console.Write(table);
        return 0;
    }

    private static TimeSpan Seconds(Dictionary<string, string> options) =>
        TimeSpan.FromSeconds(double.Parse(options.GetValueOrDefault("--seconds", "5"), CultureInfo.InvariantCulture));
}
