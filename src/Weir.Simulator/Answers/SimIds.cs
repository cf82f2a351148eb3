namespace Weir.Simulator.Answers;

/// <summary>Identifiers derived from the seed and the call's number: unique in one simulator, equal in every run.</summary>
internal static class SimIds
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static string Make(string prefix, ulong seed, long sequence, int part = 0)
    {
        var random = new SplitMix(SplitMix.Mix(seed ^ SplitMix.Mix((ulong)sequence)) + (ulong)part * 977);
        return string.Create(prefix.Length + 24, (prefix, random), static (span, state) =>
        {
            state.prefix.CopyTo(span);
            var source = state.random;
            foreach (ref var letter in span[state.prefix.Length..])
            {
                letter = Alphabet[source.Next(0, Alphabet.Length)];
            }
        });
    }
}
