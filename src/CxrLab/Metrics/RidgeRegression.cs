using MathNet.Numerics.LinearAlgebra;

namespace CxrLab.Metrics;

/// <summary>
/// Ridge regression in its dual form: with fewer images than pixels it solves a system of one row per image. On tiny pictures it
/// is the linear baseline that a network has to beat.
/// </summary>
public sealed class RidgeRegression
{
    private readonly double[] means, weights;
    private readonly double intercept;

    private RidgeRegression(double[] means, double[] weights, double intercept) => (this.means, this.weights, this.intercept) = (means, weights, intercept);

    /// <param name="features">[n][p].</param>
    /// <param name="target">[n].</param>
    /// <param name="penalty">Relative to the mean squared length of the centred rows, so that one value fits any image size.</param>
    public static RidgeRegression Fit(IReadOnlyList<double[]> features, IReadOnlyList<double> target, double penalty = 1)
    {
        int n = features.Count, p = features[0].Length;
        double[] means = [.. Enumerable.Range(0, p).Select(j => features.Average(row => row[j]))];
        double mean = target.Average();
        Matrix<double> x = Matrix<double>.Build.Dense(n, p, (i, j) => features[i][j] - means[j]);
        Matrix<double> kernel = x.TransposeAndMultiply(x);                                  // [n, n]
        double size = kernel.Diagonal().Average();
        Matrix<double> system = kernel + Matrix<double>.Build.DenseDiagonal(n, penalty * size);
        Vector<double> dual = system.Cholesky().Solve(Vector<double>.Build.Dense(n, i => target[i] - mean));
        return new RidgeRegression(means, x.TransposeThisAndMultiply(dual).ToArray(), mean);
    }

    /// <summary>The fitted value; any real number.</summary>
    public double Predict(double[] row)
    {
        double sum = intercept;
        for (int j = 0; j < row.Length; j++) sum += weights[j] * (row[j] - means[j]);
        return sum;
    }
}
