namespace Weir.Load.Measure;

/// <param name="CpuMilliseconds">User and system time since the processes started.</param>
/// <param name="ResidentKilobytes">VmRSS, summed over the tree (shared pages count once per process).</param>
/// <param name="PeakKilobytes">VmHWM, summed over the tree.</param>
internal readonly record struct ProcessSample(double CpuMilliseconds, long ResidentKilobytes, long PeakKilobytes);
