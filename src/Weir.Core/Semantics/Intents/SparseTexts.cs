using Weir.Core.Semantics.Features;

namespace Weir.Core.Semantics.Intents;

/// <summary>Texts as sparse vectors, one after the other.</summary>
internal sealed class SparseTexts
{
    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly float[] _values;

    public SparseTexts(IReadOnlyList<byte[]> texts, Vocabulary vocabulary, CancellationToken cancel)
    {
        _starts = new int[texts.Count + 1];
        Squares = new float[texts.Count];
        var rows = new List<int>();
        var values = new List<float>();
        var oneRows = new int[GramScratch.MaxGrams];
        var oneValues = new float[GramScratch.MaxGrams];
        using var scratch = new GramScratch();
        for (var text = 0; text < texts.Count; text++)
        {
            cancel.ThrowIfCancellationRequested();
            var used = vocabulary.Read(texts[text], scratch, oneRows, oneValues);
            rows.AddRange(oneRows.AsSpan(0, used));
            values.AddRange(oneValues.AsSpan(0, used));
            _starts[text + 1] = rows.Count;
            foreach (var value in oneValues.AsSpan(0, used))
                Squares[text] += value * value;
        }

        (_rows, _values) = ([.. rows], [.. values]);
    }

    public int Count => Squares.Length;

    /// <summary>Squared length of each text.</summary>
    public float[] Squares { get; }

    public ReadOnlySpan<int> Rows(int text) => _rows.AsSpan(_starts[text].._starts[text + 1]);

    public ReadOnlySpan<float> Values(int text) => _values.AsSpan(_starts[text].._starts[text + 1]);
}
