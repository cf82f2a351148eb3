using BenchmarkDotNet.Attributes;
using Weir.Core.Tokens;
using Weir.Core.Tokens.Calibration;

namespace Weir.Benchmarks;

/// <summary>A megabyte of text, counted; and what a settled call teaches, which every call pays.</summary>
public class TokenBenchmarks
{
    private readonly Tokenizers _tokenizers = new();
    private readonly TokenRatios _ratios = new(TimeProvider.System);
    private byte[] _text = [];

    [Params("prose", "code", "cjk", "random cjk", "letters", "blanks", "equals", "rules")]
    public string Text { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _text = TokenTexts.Megabyte(Text);
        _tokenizers.O200k.Count("warm");
        _tokenizers.Cl100k.Count("warm");
    }

    [Benchmark(Baseline = true)]
    public long O200k() => _tokenizers.O200k.Count(_text);

    [Benchmark]
    public long Cl100k() => _tokenizers.Cl100k.Count(_text);

    [Benchmark]
    public void Learn() => _ratios.Learn("provider/model", TokenKind.Prompt, 1000, 250);
}
