namespace CxrLab.Metrics;

/// <summary>
/// Figure of merit of JAFROC (Chakraborty and Berbaum, Med Phys 2004): the chance that a lesion is scored above the highest false mark of a
/// normal image, ties counting half; an unmarked lesion and an unmarked normal image have minus infinity.
/// </summary>
public static class Jafroc
{
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentException">There is no lesion or no normal image, or a mark is wrong.</exception>
    public static double FigureOfMerit(IReadOnlyList<LesionCase> cases)
    {
        LesionCase.Check(cases);
        double[] normal = [.. cases.Where(one => one.Lesions == 0).Select(one => one.HighestFalse).Order()];
        double[] lesions = [.. cases.SelectMany(one => Enumerable.Range(0, one.Lesions).Select(one.ScoreOf))];
        if (normal.Length == 0 || lesions.Length == 0) throw new ArgumentException($"JAFROC needs lesions and normal images; there are {lesions.Length} and {normal.Length}.", nameof(cases));
        return lesions.Average(lesion => normal.Sum(score => lesion > score ? 1 : lesion == score ? 0.5 : 0)) / normal.Length;
    }
}
