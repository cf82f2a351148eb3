namespace Weir.Core.Semantics.Intents;

/// <summary>Logistic regression with a handful of inputs, by Newton's method.</summary>
internal static class LogisticFit
{
    private const int Rounds = 25;

    /// <summary>Holds the weights finite where the inputs separate the targets.</summary>
    private const double Ridge = 1e-3;

    /// <summary>Finds the weights.</summary>
    /// <param name="inputs">One row for each sample, all of one length.</param>
    /// <param name="targets">0 to 1.</param>
    public static double[] Solve(double[][] inputs, double[] targets)
    {
        var size = inputs[0].Length;
        var weights = new double[size];
        for (var round = 0; round < Rounds; round++)
        {
            var gradient = new double[size];
            var hessian = new double[size, size];
            for (var i = 0; i < inputs.Length; i++)
            {
                var probability = 1 / (1 + Math.Exp(-Dot(inputs[i], weights)));
                var spread = Math.Max(probability * (1 - probability), 1e-6) / inputs.Length;
                for (var a = 0; a < size; a++)
                {
                    gradient[a] += (targets[i] - probability) * inputs[i][a] / inputs.Length;
                    for (var b = 0; b < size; b++)
                        hessian[a, b] += spread * inputs[i][a] * inputs[i][b];
                }
            }

            for (var a = 0; a < size; a++)
            {
                gradient[a] -= Ridge * weights[a];
                hessian[a, a] += Ridge;
            }

            var step = Eliminate(hessian, gradient);
            for (var a = 0; a < size; a++)
                weights[a] += step[a];
        }

        return weights;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>Gauss, without pivoting: the ridge keeps the matrix positive definite.</summary>
    private static double[] Eliminate(double[,] matrix, double[] right)
    {
        var size = right.Length;
        for (var column = 0; column < size; column++)
        {
            for (var row = column + 1; row < size; row++)
            {
                var factor = matrix[row, column] / matrix[column, column];
                for (var c = column; c < size; c++)
                    matrix[row, c] -= factor * matrix[column, c];
                right[row] -= factor * right[column];
            }
        }

        for (var row = size - 1; row >= 0; row--)
        {
            for (var c = row + 1; c < size; c++)
                right[row] -= matrix[row, c] * right[c];
            right[row] /= matrix[row, row];
        }

        return right;
    }
}
