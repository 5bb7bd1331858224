using CxrLab.Metrics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace CxrLab.Tests.Metrics;

public class RegressionTests
{
    [Fact]
    public void LogisticFit_RandomCases_HasNoGradientLeft()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (double[][] x, bool[] positive) = Planted(80, seed);
            LogisticRegression model = LogisticRegression.Fit(x, positive, ridge: 2);
            double[] residual = [.. x.Select((row, i) => (positive[i] ? 1 : 0) - model.Predict(row))];
            Assert.Equal(0, residual.Sum(), 1e-5); // the intercept is free
            double[] mean = [.. Enumerable.Range(0, 3).Select(j => x.Average(row => row[j]))];
            double[] deviation = [.. Enumerable.Range(0, 3).Select(j => Math.Sqrt(x.Average(row => Math.Pow(row[j] - mean[j], 2))))];
            for (int j = 0; j < 3; j++)
            {
                // One deviation further changes the logit by the weight.
                double[] moved = [.. mean];
                moved[j] += deviation[j];
                double weight = Logit(model.Predict(moved)) - Logit(model.Predict(mean));
                Assert.Equal(2 * weight, x.Select((row, i) => (row[j] - mean[j]) / deviation[j] * residual[i]).Sum(), 1e-5);
            }
        }
    }

    [Fact]
    public void LogisticFit_PlantedSigns_FindsThem()
    {
        (double[][] x, bool[] positive) = Planted(600, 20);
        LogisticRegression model = LogisticRegression.Fit(x, positive);
        double middle = Logit(model.Predict([0, 0, 5]));
        Assert.True(Logit(model.Predict([1, 0, 5])) - middle > 1);
        Assert.True(Logit(model.Predict([0, 1, 5])) - middle < -0.5);
        Assert.InRange(Logit(model.Predict([0, 0, 6])) - middle, -0.3, 0.3);
    }

    [Fact]
    public void LogisticFit_SeparableAndConstantFeatures_Converges()
    {
        double[][] x = [.. Enumerable.Range(0, 20).Select(i => new[] { i < 10 ? -1.0 : 1, 7 })];
        LogisticRegression model = LogisticRegression.Fit(x, [.. x.Select(row => row[0] > 0)]);
        Assert.InRange(model.Predict([1, 7]), 0.8, 1);
        Assert.InRange(model.Predict([-1, 7]), 0, 0.2);
    }

    [Fact]
    public void LogisticFit_BrokenInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([], []));
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([[1], [2]], [true, true]));
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([[1], [2, 3]], [true, false]));
        Assert.Throws<ArgumentException>(() => LogisticRegression.Fit([[1], [2]], [true]));
    }

    [Theory]
    [InlineData(30, 4)]
    [InlineData(10, 25)]
    public void RidgeFit_Dual_IsThePrimalSolution(int n, int p)
    {
        Random random = Seed.Random(n, p);
        double[][] rows = [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, p).Select(_ => random.NextGaussian() + 3).ToArray())];
        double[] target = [.. Enumerable.Range(0, n).Select(_ => random.NextGaussian() - 2)];
        RidgeRegression model = RidgeRegression.Fit(rows, target, penalty: 0.07);

        Matrix<double> x = Matrix<double>.Build.DenseOfRowArrays(rows);
        Vector<double> mean = x.ColumnSums() / n;
        Matrix<double> centred = Matrix<double>.Build.Dense(n, p, (i, j) => x[i, j] - mean[j]);
        double penalty = 0.07 * centred.PointwisePower(2).RowSums().Average();
        Vector<double> y = Vector<double>.Build.Dense(n, i => target[i] - target.Average());
        Vector<double> weights = (centred.TransposeThisAndMultiply(centred) + Matrix<double>.Build.DenseDiagonal(p, penalty)).Solve(centred.TransposeThisAndMultiply(y));
        double[] fresh = [.. Enumerable.Range(0, p).Select(_ => random.NextGaussian())];
        foreach (double[] row in rows.Append(fresh))
            Assert.Equal(target.Average() + weights.DotProduct(Vector<double>.Build.DenseOfArray(row) - mean), model.Predict(row), 1e-9);
    }

    [Fact]
    public void OutOfFold_ShuffledLabels_ScoresLikeChance()
    {
        // 40 features on 120 cases: a model that saw the tested case would score far above chance.
        var aurocs = new List<double>();
        for (int seed = 0; seed < 8; seed++)
        {
            Random random = Seed.Random(seed, 77);
            double[][] x = [.. Enumerable.Range(0, 120).Select(_ => Enumerable.Range(0, 40).Select(_ => random.NextGaussian()).ToArray())];
            bool[] positive = [.. Enumerable.Range(0, 120).Select(i => i % 2 == 0)];
            random.Shuffle(positive);
            int[] fold = [.. Enumerable.Range(0, 120).Select(i => i % 5)];
            LogisticRegression leaking = LogisticRegression.Fit(x, positive);
            Assert.True(Auroc.Compute([.. x.Select(leaking.Predict)], positive) > 0.75, "the leak would show");
            aurocs.Add(Auroc.Compute(OutOfFold.Logistic(x, positive, fold), positive));
            aurocs.Add(Auroc.Compute(OutOfFold.Ridge(x, positive, fold), positive));
        }

        Assert.InRange(aurocs.Average(), 0.40, 0.58);
    }

    [Fact]
    public void OutOfFold_TestedLabelChanged_LeavesItsOwnFoldsScores()
    {
        (double[][] x, bool[] positive) = Planted(60, 30);
        int[] fold = [.. Enumerable.Range(0, 60).Select(i => i % 4 * 10)];
        bool[] changed = [.. positive.Select((value, i) => fold[i] == 20 ? !value : value)];
        foreach (var score in new Func<bool[], double[]>[] { truth => OutOfFold.Logistic(x, truth, fold), truth => OutOfFold.Ridge(x, truth, fold) })
        {
            double[] before = score(positive), after = score(changed);
            for (int i = 0; i < 60; i++)
            {
                if (fold[i] == 20) Assert.Equal(before[i], after[i]);
                else Assert.NotEqual(before[i], after[i]);
            }
        }
    }

    [Fact]
    public void OutOfFold_PlantedSignal_IsFound()
    {
        (double[][] x, bool[] positive) = Planted(300, 31);
        int[] fold = [.. Enumerable.Range(0, 300).Select(i => i % 5)];
        Assert.True(Auroc.Compute(OutOfFold.Logistic(x, positive, fold), positive) > 0.8);
        Assert.True(Auroc.Compute(OutOfFold.Ridge(x, positive, fold), positive) > 0.8);
        Assert.Throws<ArgumentException>(() => OutOfFold.Ridge(x, positive, fold[1..]));
    }

    private static double Logit(double probability) => Math.Log(probability / (1 - probability));

    // The first feature speaks for the finding, the second against it, the third is noise around 5.
    private static (double[][] Features, bool[] Positive) Planted(int n, int seed)
    {
        Random random = Seed.Random(seed);
        double[][] x = [.. Enumerable.Range(0, n).Select(_ => new[] { random.NextGaussian(), random.NextGaussian(), 5 + random.NextGaussian() })];
        return (x, [.. x.Select(row => random.NextDouble() < 1 / (1 + Math.Exp(-2 * row[0] + row[1])))]);
    }
}
