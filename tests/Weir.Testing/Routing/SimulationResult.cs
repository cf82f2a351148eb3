namespace Weir.Testing.Routing;

/// <summary>How a way of routing did against the best that could be done.</summary>
/// <param name="Calls">Calls routed.</param>
/// <param name="Routed">What they came to: dollars or seconds.</param>
/// <param name="Best">What the offline optimum would have come to, which knows everything about every call.</param>
/// <param name="Blind">What choosing by turns would have come to.</param>
public sealed record SimulationResult(int Calls, double Routed, double Best, double Blind)
{
    /// <summary>1 = as good as the optimum.</summary>
    public double Ratio => Routed / Best;
}
