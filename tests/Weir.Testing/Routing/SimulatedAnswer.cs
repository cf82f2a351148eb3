namespace Weir.Testing.Routing;

/// <summary>What a simulated target makes of a call.</summary>
/// <param name="FirstToken">Seconds to the first token.</param>
/// <param name="PerToken">Seconds per further token.</param>
/// <param name="InputTokens">Tokens of the prompt.</param>
/// <param name="CacheRead">How many of them came from its cache.</param>
/// <param name="OutputTokens">Tokens of the answer.</param>
public readonly record struct SimulatedAnswer(double FirstToken, double PerToken, long InputTokens, long CacheRead, long OutputTokens)
{
    /// <summary>It fails instead, after <see cref="FirstToken"/>.</summary>
    public bool Fails { get; init; }

    /// <summary>Seconds of the whole answer.</summary>
    public double Seconds => FirstToken + (Fails ? 0 : PerToken * Math.Max(0, OutputTokens - 1));
}
