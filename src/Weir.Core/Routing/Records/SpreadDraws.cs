namespace Weir.Core.Routing.Records;

/// <summary>
/// Draws that are spread evenly instead of by chance: over <paramref name="rounds"/> rounds, the n-th draws of the rounds fill
/// [0, 1) without gaps (additive recurrences with the square roots of primes), so that shares come out as weights say after few
/// rounds. The same seed, the same draws.
/// </summary>
internal sealed class SpreadDraws(ulong seed, int rounds) : IRandomSource
{
    private static readonly int[] Primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
    private readonly SeededRandomSource _further = new(seed);
    private readonly double _offset = new SeededRandomSource(seed).NextDouble();
    private int _round;

    /// <summary>Draws made in this round.</summary>
    public int Count { get; private set; }

    /// <summary>Begins a round.</summary>
    public void Begin(int round) => (_round, Count) = (round, 0);

    public double NextDouble()
    {
        var dimension = Count++;
        // The first draw decides most: strata of the same width are exact there.
        if (dimension == 0)
            return (_round + _offset) / rounds;
        if (dimension > Primes.Length)
            return _further.NextDouble();
        var value = _offset + ((_round + 1) * Math.Sqrt(Primes[dimension - 1]));
        return value - Math.Floor(value);
    }
}
