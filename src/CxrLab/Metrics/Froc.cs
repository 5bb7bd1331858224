namespace CxrLab.Metrics;

/// <summary>Free-response ROC: share of lesions found against false marks per image (Bunch et al., 1977).</summary>
public static class Froc
{
    /// <summary>One point per distinct score, from (0, 0).</summary>
    /// <exception cref="ArgumentException">There is no lesion, or a mark is wrong.</exception>
    public static IReadOnlyList<(double FalsePerImage, double Sensitivity)> Curve(IReadOnlyList<LesionCase> cases)
    {
        LesionCase.Check(cases);
        double lesions = cases.Sum(one => one.Lesions);
        if (lesions == 0) throw new ArgumentException("There is no lesion in any case.", nameof(cases));
        double[] found = [.. cases.SelectMany(one => Enumerable.Range(0, one.Lesions).Select(one.ScoreOf)).Where(score => !double.IsNegativeInfinity(score))];
        double[] wrong = [.. cases.SelectMany(one => one.Marks).Where(mark => mark.Lesion < 0).Select(mark => mark.Score)];
        return [(0, 0), .. found.Concat(wrong).Distinct().OrderDescending().Select(threshold => ((double)wrong.Count(score => score >= threshold) / cases.Count, found.Count(score => score >= threshold) / lesions))];
    }

    /// <summary>The highest sensitivity with at most this many false marks per image.</summary>
    public static double SensitivityAt(IReadOnlyList<LesionCase> cases, double falsePerImage) => Curve(cases).Where(point => point.FalsePerImage <= falsePerImage).Max(point => point.Sensitivity);
}
