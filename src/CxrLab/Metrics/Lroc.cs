namespace CxrLab.Metrics;

/// <summary>
/// ROC with localisation (Starr et al., Radiology 1975), for images with at most one finding of interest: an abnormal image counts as found only
/// when its highest mark lies on a lesion.
/// </summary>
public static class Lroc
{
    /// <summary>Share of normal images called against the share of abnormal images called <em>and</em> rightly located; the curve need not reach (1, 1).</summary>
    /// <exception cref="ArgumentException">Normal or abnormal images are lacking, or a mark is wrong.</exception>
    public static IReadOnlyList<(double FalsePositiveRate, double LocatedRate)> Curve(IReadOnlyList<LesionCase> cases)
    {
        LesionCase.Check(cases);
        double[] normal = [.. cases.Where(one => one.Lesions == 0).Select(one => one.HighestFalse)];
        (double Score, bool Located)[] abnormal = [.. cases.Where(one => one.Lesions > 0).Select(Top)];
        if (normal.Length == 0 || abnormal.Length == 0) throw new ArgumentException($"LROC needs normal and abnormal images; there are {normal.Length} and {abnormal.Length}.", nameof(cases));
        IEnumerable<double> thresholds = normal.Concat(abnormal.Select(one => one.Score)).Where(score => !double.IsNegativeInfinity(score)).Distinct().OrderDescending();
        return
        [
            (0, 0),
            .. thresholds.Select(threshold => ((double)normal.Count(score => score >= threshold) / normal.Length, (double)abnormal.Count(one => one.Located && one.Score >= threshold) / abnormal.Length)),
            (1, (double)abnormal.Count(one => one.Located) / abnormal.Length),
        ];
    }

    /// <summary>Area under the curve, by trapezoids; at most the share of abnormal images that are rightly located.</summary>
    public static double Area(IReadOnlyList<LesionCase> cases)
    {
        IReadOnlyList<(double FalsePositiveRate, double LocatedRate)> curve = Curve(cases);
        return curve.Zip(curve.Skip(1), (a, b) => (b.FalsePositiveRate - a.FalsePositiveRate) * (a.LocatedRate + b.LocatedRate) / 2).Sum();
    }

    // A false mark as high as the true one doesn't count as located.
    private static (double Score, bool Located) Top(LesionCase one)
    {
        double right = Enumerable.Range(0, one.Lesions).Max(one.ScoreOf), wrong = one.HighestFalse;
        return (Math.Max(right, wrong), right > wrong);
    }
}
