namespace Weir.Core.Telemetry;

/// <summary>The two texts a scraper may ask for.</summary>
public enum ExpositionFormat
{
    /// <summary>Classic Prometheus text 0.0.4: what a plain GET gets.</summary>
    Prometheus,

    /// <summary>OpenMetrics 1.0.0: ends in <c># EOF</c>.</summary>
    OpenMetrics,
}
