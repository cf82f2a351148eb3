using System.Text;
using BenchmarkDotNet.Attributes;
using Weir.Core.Semantics.Difficulty;
using Weir.Core.Semantics.Intents;
using Weir.Core.Semantics.Languages;

namespace Weir.Benchmarks;

/// <summary>What a route asks about a text of one kilobyte; and what 150 classes of 100 examples cost to learn.</summary>
public class SemanticBenchmarks
{
    private static readonly string[] Words = [.. Enumerable.Range(0, 3000).Select(i => $"{(char)('a' + i % 26)}{(char)('a' + i / 7 % 26)}{(char)('e' + i / 3 % 17)}{(i % 9) switch { 0 => "ing", 1 => "er", 2 => "tion", 3 => "s", _ => "o" }}")];

    private readonly LanguageDetector _languages = new();
    private readonly DifficultyModel _difficulty = new();
    private List<IntentClass> _classes = [];
    private IntentModel? _intents;
    private DifficultySketch? _sketch;
    private byte[] _text = [];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(7);
        _classes = [.. Enumerable.Range(0, 150).Select(c => new IntentClass($"class {c}", [.. Enumerable.Range(0, 100).Select(_ => Sentence(random, c, 8))]))];
        _intents = IntentTrainer.Train(_classes, new IntentOptions(), CancellationToken.None);
        _text = Encoding.UTF8.GetBytes(Sentence(random, 3, 300))[..1024];
        _sketch = DifficultySketch.Of(new DifficultyFeatures { Text = _text });
    }

    [Benchmark(Baseline = true)]
    public IntentVerdict Intent() => _intents!.Classify(_text);

    [Benchmark]
    public DifficultyEstimate Difficulty() => _difficulty.Score(new DifficultyFeatures { Text = _text });

    [Benchmark]
    public void LearnDifficulty() => _difficulty.Learn(_sketch!, new Outcome(false, 1));

    [Benchmark]
    public LanguageVerdict Language() => _languages.Detect(_text);

    [Benchmark]
    public IntentModel Train() => IntentTrainer.Train(_classes, new IntentOptions(), CancellationToken.None);

    // Half of the words are the class's own, half everybody's.
    private static string Sentence(Random random, int about, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(i => Words[i % 2 == 0 ? about * 19 + random.Next(20) : random.Next(Words.Length)]));
}
