namespace Weir.Load.Run;

/// <param name="Seconds">Since the start of the run.</param>
/// <param name="ResidentKilobytes">VmRSS of the target's process tree.</param>
internal readonly record struct MemorySample(double Seconds, long ResidentKilobytes);
