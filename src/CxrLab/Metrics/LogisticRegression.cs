using MathNet.Numerics.LinearAlgebra;

namespace CxrLab.Metrics;

/// <summary>Logistic regression with a ridge penalty, fitted by Newton's method: the classic blind baseline.</summary>
public sealed class LogisticRegression
{
    private const int MostSteps = 50;
    private readonly double[] means, deviations, weights; // the last weight is the intercept

    private LogisticRegression(double[] means, double[] deviations, double[] weights) => (this.means, this.deviations, this.weights) = (means, deviations, weights);

    /// <param name="features">[n][p], standardised here.</param>
    /// <param name="positive">[n].</param>
    /// <param name="ridge">Penalty on the squared weights of standardised features; the intercept is free.</param>
    /// <exception cref="ArgumentException">No rows, rows of unequal length, or a single class.</exception>
    /// <exception cref="InvalidOperationException">Newton's method didn't converge.</exception>
    public static LogisticRegression Fit(IReadOnlyList<double[]> features, IReadOnlyList<bool> positive, double ridge = 1)
    {
        int n = features.Count, p = n > 0 ? features[0].Length : 0;
        if (n == 0 || n != positive.Count || features.Any(row => row.Length != p)) throw new ArgumentException($"{n} rows of features must be equally long and as many as the {positive.Count} truths.", nameof(features));
        if (positive.All(value => value) || !positive.Any(value => value)) throw new ArgumentException("Logistic regression needs positives and negatives.", nameof(positive));
        double[] means = [.. Enumerable.Range(0, p).Select(j => features.Average(row => row[j]))];
        double[] deviations = [.. Enumerable.Range(0, p).Select(j => Math.Max(1e-9, Math.Sqrt(features.Average(row => Math.Pow(row[j] - means[j], 2)))))];
        Matrix<double> x = Matrix<double>.Build.Dense(n, p + 1, (i, j) => j == p ? 1 : (features[i][j] - means[j]) / deviations[j]);
        Vector<double> y = Vector<double>.Build.Dense(n, i => positive[i] ? 1 : 0);
        Vector<double> w = Vector<double>.Build.Dense(p + 1);
        Vector<double> penalty = Vector<double>.Build.Dense(p + 1, j => j == p ? 1e-9 : ridge);
        for (int step = 0; step < MostSteps; step++)
        {
            Vector<double> fitted = (x * w).Map(Sigmoid);
            Vector<double> gradient = x.TransposeThisAndMultiply(y - fitted) - penalty.PointwiseMultiply(w);
            Vector<double> spread = fitted.Map(value => Math.Max(1e-9, value * (1 - value)));
            Matrix<double> curvature = x.TransposeThisAndMultiply(Matrix<double>.Build.Dense(n, p + 1, (i, j) => spread[i] * x[i, j])) + Matrix<double>.Build.DenseOfDiagonalVector(penalty);
            Vector<double> change = curvature.Cholesky().Solve(gradient);
            w += change;
            if (change.InfinityNorm() < 1e-8) return new LogisticRegression(means, deviations, w.ToArray());
        }

        throw new InvalidOperationException($"Logistic regression on {n} × {p} didn't converge in {MostSteps} steps; raise the ridge penalty.");
    }

    /// <summary>Probability of the positive class, in (0, 1).</summary>
    public double Predict(double[] row)
    {
        double sum = weights[^1];
        for (int j = 0; j < row.Length; j++) sum += weights[j] * (row[j] - means[j]) / deviations[j];
        return Sigmoid(sum);
    }

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));
}
