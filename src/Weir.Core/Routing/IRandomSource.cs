namespace Weir.Core.Routing;

/// <summary>Chance for choices that need no secrecy. The product draws from the system, tests from a seed. Thread safe.</summary>
public interface IRandomSource
{
    /// <summary>Uniform, at least 0 and below 1.</summary>
    double NextDouble();
}
