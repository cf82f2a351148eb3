namespace Weir.Simulator.Answers;

/// <summary>
/// Readable nonsense of exactly <paramref name="count"/> tokens: sentences of twelve words. Token <c>i</c> is a
/// function of the seed and <c>i</c> alone, and no token allocates.
/// </summary>
internal sealed class GeneratedText(ulong seed, int count) : TokenText
{
    private const int SentenceLength = 12;

    // Every word is at most seven letters, so that with a full stop it is still one token by the token rule.
    private static readonly string[] Words =
        ("the river carries water past every stone and gate while people watch it rise or fall in spring each keeper " +
         "of a weir knows when to open one sluice so that fields below stay green boats wait their turn fish climb " +
         "small steps beside long banks levels are read at dawn then noted on paper no drop is lost since all flow " +
         "must be counted before it leaves").Split(' ');

    private static readonly string[] Inner = [.. Words.Select(word => " " + word)];
    private static readonly string[] First = [.. Words.Select(word => " " + char.ToUpperInvariant(word[0]) + word[1..])];
    private static readonly string[] Last = [.. Words.Select(word => " " + word + ".")];

    public override int Count => count;

    public override string this[int index]
    {
        get
        {
            var word = (int)(SplitMix.Mix(seed + (ulong)index) % (ulong)Words.Length);
            var position = index % SentenceLength;
            var token = position == SentenceLength - 1 || index == count - 1 ? Last[word]
                : position == 0 ? First[word] : Inner[word];
            return index == 0 ? token[1..] : token;
        }
    }

    public override TokenText Take(int limit) => limit >= count ? this : new GeneratedText(seed, limit);
}
