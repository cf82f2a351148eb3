using BenchmarkDotNet.Attributes;
using Weir.Core.Expressions;

namespace Weir.Benchmarks;

/// <summary>Conditions as routes have them (limit: 200 ns and 0 B for a typical one), and compiling one.</summary>
public class ExpressionBenchmarks : IActivation
{
    private const string Typical = "caller.tenant == 'acme' && request.model.startsWith('gpt-') && request.input_tokens < 8000";
    private const string Labels = "has(labels.workload) && labels['workload'] in ['batch', 'eval', 'nightly', 'test'] && request.input_tokens > 100";
    private const string Loop = "['batch', 'eval', 'interactive'].exists(w, w == labels.workload) || caller.tenant == 'nobody'";
    private const string Pattern = "request.model.matches('^gpt-[0-9]+(-mini)?$')";

    private static readonly Vocabulary Names = Vocabulary.Create()
        .Add("caller.tenant", ExpressionType.String, "the tenant", 64)
        .Add("request.model", ExpressionType.String, "the model asked for", 128)
        .Add("request.input_tokens", ExpressionType.Int, "tokens of the prompt")
        .Add("labels", ExpressionType.MapOf(ExpressionType.String, ExpressionType.String), "labels", 16)
        .Build();

    private readonly ExpressionProgram _typical = Compile(Typical);
    private readonly ExpressionProgram _labels = Compile(Labels);
    private readonly ExpressionProgram _loop = Compile(Loop);
    private readonly ExpressionProgram _pattern = Compile(Pattern);
    private readonly Value _labelMap = Value.Of(ValueMap.Of(new Dictionary<string, string> { ["workload"] = "interactive", ["team"] = "core" }));

    [Benchmark(Baseline = true)]
    public Value ThreeComparisons() => _typical.Evaluate(this);

    [Benchmark]
    public Value LabelsAndSet() => _labels.Evaluate(this);

    [Benchmark]
    public Value LoopOfThree() => _loop.Evaluate(this);

    [Benchmark]
    public Value RegularExpression() => _pattern.Evaluate(this);

    [Benchmark]
    public CompileResult CompileTypical() => ExpressionCompiler.Compile(Typical, Names, ExpressionType.Bool);

    public Value Read(Variable variable) => variable.Index switch
    {
        0 => Value.Of("acme"),
        1 => Value.Of("gpt-5-mini"),
        2 => Value.Of(1200L),
        _ => _labelMap,
    };

    private static ExpressionProgram Compile(string text) => ExpressionCompiler.Compile(text, Names, ExpressionType.Bool).Program!;
}
