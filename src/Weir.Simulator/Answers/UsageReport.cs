namespace Weir.Simulator.Answers;

/// <summary>How a stream reports what it consumed.</summary>
public enum UsageReport
{
    /// <summary>As the dialect does when the client's request is taken literally.</summary>
    AsAsked,

    /// <summary>At the end, whether asked or not.</summary>
    Final,

    /// <summary>Cumulative, with every event that carries output (as vLLM's <c>continuous_usage_stats</c>).</summary>
    Continuous,

    /// <summary>Never.</summary>
    None,
}
