using Weir.Core.Routing;

namespace Weir.Testing.Routing;

/// <summary>Distributions from a seed.</summary>
public sealed class SimulatedRandom(ulong seed)
{
    private readonly SeededRandomSource _source = new(seed);

    public double Uniform(double from = 0, double to = 1) => from + ((to - from) * _source.NextDouble());

    public int Below(int count) => (int)(_source.NextDouble() * count);

    /// <summary>Time to the next of events that come at a mean rate.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - _source.NextDouble());

    /// <summary>Mean 1, and as wide as <paramref name="sigma"/> of its logarithm.</summary>
    public double Noise(double sigma)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _source.NextDouble())) * Math.Cos(2 * Math.PI * _source.NextDouble());
        return Math.Exp((sigma * normal) - (sigma * sigma / 2));
    }
}
