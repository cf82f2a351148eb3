using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Core.Semantics.Intents;

/// <summary>
/// The weights of all classes, one byte each, those of one row side by side: a text reads the rows of its grams from start to end.
/// </summary>
internal sealed class WeightTable
{
    private static readonly int Lanes = Vector128<sbyte>.Count;

    private readonly sbyte[] _weights;
    private readonly float[] _scales;
    private readonly float[] _biases;
    private readonly int _stride;

    /// <summary>Rounds weights to bytes.</summary>
    /// <param name="classes">For each class the weights by row, then its bias.</param>
    public WeightTable(IReadOnlyList<float[]> classes)
    {
        var rows = classes[0].Length - 1;
        _stride = (classes.Count + Lanes - 1) / Lanes * Lanes;
        _weights = new sbyte[(long)rows * _stride];
        _scales = new float[_stride];
        _biases = new float[_stride];
        for (var c = 0; c < classes.Count; c++)
        {
            var largest = 0f;
            foreach (var weight in classes[c].AsSpan(0, rows))
                largest = Math.Max(largest, Math.Abs(weight));
            _scales[c] = largest / sbyte.MaxValue;
            _biases[c] = classes[c][rows];
            for (var row = 0; row < rows && largest > 0; row++)
                _weights[(long)row * _stride + c] = (sbyte)MathF.Round(classes[c][row] / _scales[c]);
        }
    }

    /// <summary>Room that <see cref="Margins"/> needs; what stands behind the last class is 0.</summary>
    public int Stride => _stride;

    /// <summary>How far a text lies on each class's side: above 0 inside.</summary>
    public void Margins(ReadOnlySpan<int> rows, ReadOnlySpan<float> values, Span<float> margins)
    {
        margins = margins[.._stride];
        margins.Clear();
        ref var sums = ref MemoryMarshal.GetReference(margins);
        for (var i = 0; i < rows.Length; i++)
        {
            ref var row = ref MemoryMarshal.GetArrayDataReference(_weights);
            var at = (nuint)rows[i] * (nuint)_stride;
            var value = Vector128.Create(values[i]);
            for (nuint c = 0; c < (nuint)margins.Length; c += (nuint)Lanes)
            {
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref row, at + c));
                Add(ref sums, c, low, value);
                Add(ref sums, c + 8, high, value);
            }
        }

        for (var c = 0; c < margins.Length; c++)
            margins[c] = margins[c] * _scales[c] + _biases[c];
    }

    private static void Add(ref float sums, nuint at, Vector128<short> weights, Vector128<float> value)
    {
        var (low, high) = Vector128.Widen(weights);
        (Vector128.LoadUnsafe(ref sums, at) + Vector128.ConvertToSingle(low) * value).StoreUnsafe(ref sums, at);
        (Vector128.LoadUnsafe(ref sums, at + 4) + Vector128.ConvertToSingle(high) * value).StoreUnsafe(ref sums, at + 4);
    }
}
