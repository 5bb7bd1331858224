namespace CxrLab.Metrics;

/// <summary>Scores each case by a model that was fitted on the other folds only.</summary>
public static class OutOfFold
{
    /// <summary>Logistic regression, out of fold.</summary>
    /// <param name="features">[n][p].</param>
    /// <param name="positive">[n].</param>
    /// <param name="fold">[n]; the fold that each case is tested in.</param>
    /// <param name="ridge">See <see cref="LogisticRegression.Fit"/>.</param>
    public static double[] Logistic(IReadOnlyList<double[]> features, IReadOnlyList<bool> positive, IReadOnlyList<int> fold, double ridge = 1) =>
        Score(features, fold, rows =>
        {
            LogisticRegression model = LogisticRegression.Fit([.. rows.Select(i => features[i])], [.. rows.Select(i => positive[i])], ridge);
            return model.Predict;
        });

    /// <summary>Ridge regression on 0 and 1, out of fold.</summary>
    /// <param name="features">[n][p].</param>
    /// <param name="positive">[n].</param>
    /// <param name="fold">[n]; the fold that each case is tested in.</param>
    /// <param name="penalty">See <see cref="RidgeRegression.Fit"/>.</param>
    public static double[] Ridge(IReadOnlyList<double[]> features, IReadOnlyList<bool> positive, IReadOnlyList<int> fold, double penalty = 1) =>
        Score(features, fold, rows =>
        {
            RidgeRegression model = RidgeRegression.Fit([.. rows.Select(i => features[i])], [.. rows.Select(i => positive[i] ? 1.0 : 0.0)], penalty);
            return model.Predict;
        });

    private static double[] Score(IReadOnlyList<double[]> features, IReadOnlyList<int> fold, Func<int[], Func<double[], double>> fit)
    {
        if (features.Count != fold.Count) throw new ArgumentException($"{features.Count} rows of features don't fit {fold.Count} folds.", nameof(fold));
        var scores = new double[features.Count];
        foreach (int tested in fold.Distinct())
        {
            Func<double[], double> predict = fit([.. Enumerable.Range(0, fold.Count).Where(i => fold[i] != tested)]);
            foreach (int i in Enumerable.Range(0, fold.Count).Where(i => fold[i] == tested)) scores[i] = predict(features[i]);
        }

        return scores;
    }
}
