namespace Weir.Load.Measure;

/// <summary>All in milliseconds but the count.</summary>
internal sealed record Percentiles(
    double P50, double P90, double P99, double P999, double Max, double Mean, long Count);
