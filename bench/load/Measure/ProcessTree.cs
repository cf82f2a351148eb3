using System.Globalization;

namespace Weir.Load.Measure;

/// <summary>CPU time and memory of a process and its descendants, from /proc (ticks of 10 ms: measure for seconds).</summary>
internal static class ProcessTree
{
    private const double MillisecondsPerTick = 10; // USER_HZ is 100 on every Linux .NET runs on

    internal static ProcessSample Sample(int root)
    {
        double cpu = 0;
        long resident = 0;
        long peak = 0;
        foreach (var pid in WithDescendants(root))
        {
            if (ReadStat(pid) is not { } stat)
                continue;
            cpu += (stat.UserTicks + stat.SystemTicks) * MillisecondsPerTick;
            resident += StatusKilobytes(pid, "VmRSS:");
            peak += StatusKilobytes(pid, "VmHWM:");
        }

        return new ProcessSample(cpu, resident, peak);
    }

    /// <summary>Makes the kernel's resident peak start anew, so that it belongs to this run.</summary>
    internal static void ResetPeak(int root)
    {
        foreach (var pid in WithDescendants(root))
        {
            try
            {
                File.WriteAllText($"/proc/{pid}/clear_refs", "5");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The peak then covers the life of the process; the report's column says "peak" either way.
            }
        }
    }

    private static List<int> WithDescendants(int root)
    {
        Dictionary<int, int> parents = [];
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid) && ReadStat(pid) is { } stat)
                parents[pid] = stat.Parent;
        }

        List<int> tree = [root];
        for (var i = 0; i < tree.Count; i++)
            tree.AddRange(parents.Where(p => p.Value == tree[i]).Select(p => p.Key));
        return tree;
    }

    private static (int Parent, long UserTicks, long SystemTicks)? ReadStat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' '); // the name may hold blanks and brackets
            return (int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[11], CultureInfo.InvariantCulture),
                long.Parse(fields[12], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null; // gone between the listing and the read
        }
    }

    private static long StatusKilobytes(int pid, string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
