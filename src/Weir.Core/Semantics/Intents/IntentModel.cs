using System.Buffers;
using System.Text;
using Weir.Core.Semantics.Features;

namespace Weir.Core.Semantics.Intents;

/// <summary>
/// Tells which declared class a text belongs to, or that it belongs to none. Made by <see cref="IntentTrainer"/>; immutable,
/// thread safe; classifying allocates nothing and looks at <see cref="TextWindow.MaxBytes"/> bytes at most.
/// </summary>
public sealed class IntentModel
{
    private readonly Vocabulary _vocabulary;
    private readonly WeightTable _weights;
    private readonly Calibration _calibration;
    private readonly bool _strangers;
    private readonly float _threshold;

    internal IntentModel(IReadOnlyList<string> classNames, Vocabulary vocabulary, WeightTable weights, Calibration calibration, bool strangers, float threshold)
    {
        ClassNames = classNames;
        (_vocabulary, _weights, _calibration, _strangers, _threshold) = (vocabulary, weights, calibration, strangers, threshold);
    }

    /// <summary>The classes, in the order that <see cref="IntentVerdict.ClassIndex"/> counts.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Classifies UTF-8 text; <see cref="IntentVerdict.None"/> if nothing in it was ever seen in an example.</summary>
    public IntentVerdict Classify(ReadOnlySpan<byte> utf8)
    {
        if (Gather(utf8) is not { } evidence)
            return IntentVerdict.None;
        var foreign = _calibration.OutOfScope(evidence.Familiarity);
        return new IntentVerdict(evidence.Best, _calibration.Confidence(evidence), foreign, foreign > _threshold);
    }

    /// <summary>Classifies text.</summary>
    public IntentVerdict Classify(ReadOnlySpan<char> text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return Classify(buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    internal Evidence? Gather(ReadOnlySpan<byte> utf8)
    {
        var rows = ArrayPool<int>.Shared.Rent(GramScratch.MaxGrams);
        var values = ArrayPool<float>.Shared.Rent(GramScratch.MaxGrams);
        var margins = ArrayPool<float>.Shared.Rent(_weights.Stride);
        using var scratch = new GramScratch();
        try
        {
            var used = _vocabulary.Read(utf8, scratch, rows, values);
            _weights.Margins(rows.AsSpan(0, used), values.AsSpan(0, used), margins);
            return used == 0
                ? null
                : Evidence.Of(margins.AsSpan(0, ClassNames.Count + (_strangers ? 1 : 0)), _strangers);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
            ArrayPool<float>.Shared.Return(values);
            ArrayPool<float>.Shared.Return(margins);
        }
    }
}
