using System.Numerics;

namespace Weir.Core.Semantics.External;

/// <summary>Classes as the mean direction of their examples' vectors.</summary>
internal sealed class NearestCentroid
{
    private readonly float[][] _centroids;
    private readonly float _threshold;

    /// <summary>Takes the means.</summary>
    /// <param name="vectors">All of one length; each counts the same, however long.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="threshold">Least cosine of a member.</param>
    public NearestCentroid(IReadOnlyList<(int Class, float[] Vector)> vectors, int classes, float threshold)
    {
        _threshold = threshold;
        _centroids = new float[classes][];
        var size = vectors[0].Vector.Length;
        for (var c = 0; c < classes; c++)
            _centroids[c] = new float[size];
        foreach (var (c, vector) in vectors)
        {
            if (vector.Length != size)
                throw new InvalidDataException("The embeddings model gave vectors of different lengths.");
            var length = Length(vector);
            for (var i = 0; i < size && length > 0; i++)
                _centroids[c][i] += vector[i] / length;
        }

        foreach (var centroid in _centroids)
        {
            var length = Length(centroid);
            for (var i = 0; i < size && length > 0; i++)
                centroid[i] /= length;
        }
    }

    /// <summary>The nearest class, or class −1 if none is near enough; null for a vector of another length or of zeros.</summary>
    public (int Class, float Cosine)? Find(float[] vector)
    {
        var length = Length(vector);
        if (vector.Length != _centroids[0].Length || !(length > 0) || !float.IsFinite(length))
            return null;
        var (best, nearest) = (-1, float.NegativeInfinity);
        for (var c = 0; c < _centroids.Length; c++)
        {
            var cosine = Dot(vector, _centroids[c]) / length;
            if (cosine > nearest)
                (best, nearest) = (c, cosine);
        }

        return (nearest < _threshold ? -1 : best, nearest);
    }

    private static float Length(float[] vector) => MathF.Sqrt(Dot(vector, vector));

    private static float Dot(float[] a, float[] b)
    {
        var sum = Vector<float>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<float>.Count; i += Vector<float>.Count)
            sum += new Vector<float>(a, i) * new Vector<float>(b, i);
        var total = Vector.Sum(sum);
        for (; i < a.Length; i++)
            total += a[i] * b[i];
        return total;
    }
}
