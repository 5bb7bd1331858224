namespace CxrLab.Metrics;

/// <summary>
/// Average precision, the step-wise area under the precision-recall curve (as scikit-learn computes it). Its floor is the
/// prevalence, not 0.5: always read it beside the share of positives.
/// </summary>
public static class AveragePrecision
{
    /// <param name="scores">Higher means more likely positive.</param>
    /// <param name="positive">The truth, of the same length.</param>
    /// <returns>In [0, 1]; NaN without positives.</returns>
    public static double Compute(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive) => new Ranking(scores, positive).AveragePrecision();
}
