using System.Text;
using Weir.Core.Semantics.Features;

namespace Weir.Core.Semantics.Intents;

/// <summary>
/// Learns intents from their examples: hashed words and character runs, one linear separator for each class, and what its margins
/// mean measured on examples held out. Pure computation; the same input gives the same model.
/// </summary>
public static class IntentTrainer
{
    /// <summary>Up to this many texts every one is held out once, in five parts; beyond, a fifth of them is enough.</summary>
    private const int HoldOutAll = 2000;

    private const int Folds = 5;
    private const double Cost = 1;

    /// <summary>Trains on all examples.</summary>
    /// <exception cref="ArgumentException">No classes, two of one name, too many, or one without an example that says something.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IntentModel Train(IReadOnlyList<IntentClass> classes, IntentOptions options, CancellationToken cancel)
    {
        Check(classes, options);
        var texts = new List<byte[]>();
        var classOf = new List<int>();
        for (var c = 0; c < classes.Count; c++)
        {
            texts.AddRange(classes[c].Examples.Select(Encoding.UTF8.GetBytes));
            classOf.AddRange(Enumerable.Repeat(c, classes[c].Examples.Count));
        }

        texts.AddRange(options.OutOfScopeExamples.Select(Encoding.UTF8.GetBytes));
        classOf.AddRange(Enumerable.Repeat(classes.Count, options.OutOfScopeExamples.Count));

        string[] names = [.. classes.Select(c => c.Name)];
        var calibration = new Calibration(HoldOut(texts, classOf, names, options, cancel));
        return Fit(texts, classOf, names, options, calibration, cancel);
    }

    private static List<(Evidence, bool)> HoldOut(List<byte[]> texts, List<int> classOf, string[] names, IntentOptions options, CancellationToken cancel)
    {
        // Every class in every part: the n-th example of its class goes to part n mod 5.
        var part = new int[texts.Count];
        var seen = new int[names.Length + 1];
        for (var i = 0; i < part.Length; i++)
            part[i] = seen[classOf[i]]++ % Folds;

        var found = new List<(Evidence, bool)>();
        for (var fold = 0; fold < (texts.Count <= HoldOutAll ? Folds : 1); fold++)
        {
            int[] kept = [.. Enumerable.Range(0, part.Length).Where(i => part[i] != fold)];
            if (kept.Length is 0 || kept.Length == part.Length)
                continue;
            var model = Fit([.. kept.Select(i => texts[i])], [.. kept.Select(i => classOf[i])], names, options, null, cancel);
            for (var i = 0; i < part.Length; i++)
            {
                if (part[i] == fold && classOf[i] < names.Length && model.Gather(texts[i]) is { } evidence)
                    found.Add((evidence, evidence.Best == classOf[i]));
            }
        }

        return found;
    }

    private static IntentModel Fit(List<byte[]> texts, List<int> classOf, string[] names, IntentOptions options, Calibration? calibration, CancellationToken cancel)
    {
        var vocabulary = Vocabulary.Learn(texts, cancel);
        var sparse = new SparseTexts(texts, vocabulary, cancel);
        var strangers = options.OutOfScopeExamples.Count > 0;
        var weights = new float[names.Length + (strangers ? 1 : 0)][];
        var parallel = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = options.MaxThreads };
        Parallel.For(0, weights.Length, parallel, c =>
        {
            var belongs = new bool[texts.Count];
            for (var i = 0; i < belongs.Length; i++)
                belongs[i] = classOf[i] == c;
            weights[c] = MarginTrainer.Train(sparse, belongs, vocabulary.Rows, Cost, options.Seed + (ulong)c);
        });
        return new IntentModel(names, vocabulary, new WeightTable(weights), calibration!, strangers, 1 - options.FalseOutOfScope);
    }

    private static void Check(IReadOnlyList<IntentClass> classes, IntentOptions options)
    {
        if (classes.Count is 0 or > IntentOptions.MaxClasses)
            throw new ArgumentException($"There must be 1 to {IntentOptions.MaxClasses} classes, not {classes.Count}.", nameof(classes));
        if (classes.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Class '{twice.Key}' is declared twice.", nameof(classes));
        if (classes.FirstOrDefault(c => !c.Examples.Any(e => e.Any(char.IsLetterOrDigit))) is { } empty)
            throw new ArgumentException($"Class '{empty.Name}' has no example.", nameof(classes));
        var examples = classes.Sum(c => (long)c.Examples.Count) + options.OutOfScopeExamples.Count;
        if (examples > IntentOptions.MaxExamples)
            throw new ArgumentException($"There are {examples} examples, and at most {IntentOptions.MaxExamples} are taken.", nameof(classes));
        if (options.FalseOutOfScope is not (> 0 and < 1))
            throw new ArgumentException("The share of false alarms must lie between 0 and 1.", nameof(options));
    }
}
