namespace CxrLab.Ensembling;

/// <summary>
/// How differently two members err on one finding. An ensemble of members that make the same errors gains nothing (Kuncheva and Whitaker, Machine
/// Learning 2003).
/// </summary>
/// <param name="First">Name of one member.</param>
/// <param name="Second">Name of the other.</param>
/// <param name="Q">Yule's Q of being right together: 1 all errors of the one are errors of the other too, 0 independent, below 0 errors that avoid each other; NaN where it isn't defined.</param>
/// <param name="Disagreement">Share of images on which just one of the two is right.</param>
/// <param name="Correlation">Pearson's correlation of the probabilities; NaN where one never varies.</param>
public sealed record Diversity(string First, string Second, double Q, double Disagreement, double Correlation)
{
    /// <summary>Every pair of members on the images whose label is known.</summary>
    /// <param name="members">The members.</param>
    /// <param name="finding">The finding.</param>
    /// <param name="positive">Truth per image; null where it isn't known.</param>
    /// <param name="threshold">A probability at or above it says yes.</param>
    /// <exception cref="ArgumentException">The truth has another length, or no label is known.</exception>
    public static IReadOnlyList<Diversity> Of(Members members, string finding, IReadOnlyList<bool?> positive, double threshold = 0.5)
    {
        if (positive.Count != members.Images.Count) throw new ArgumentException($"{positive.Count} truths don't fit {members.Images.Count} images.", nameof(positive));
        int[] known = [.. Enumerable.Range(0, positive.Count).Where(i => positive[i] is not null)];
        if (known.Length == 0) throw new ArgumentException($"No label of {finding} is known.", nameof(positive));
        double[][] values = [.. members.Predictions.Select(one => one.Column(finding)).Select(column => known.Select(i => column[i]).ToArray())];
        bool[][] right = [.. values.Select(column => column.Select((value, i) => value >= threshold == positive[known[i]]).ToArray())];
        var pairs = new List<Diversity>();
        for (int a = 0; a < values.Length; a++)
            for (int b = a + 1; b < values.Length; b++) pairs.Add(Pair(members.Names[a], members.Names[b], values[a], values[b], right[a], right[b]));
        return pairs;
    }

    private static Diversity Pair(string first, string second, double[] a, double[] b, bool[] rightA, bool[] rightB)
    {
        double both = 0, onlyA = 0, onlyB = 0, none = 0;
        for (int i = 0; i < rightA.Length; i++)
        {
            if (rightA[i] && rightB[i]) both++;
            else if (rightA[i]) onlyA++;
            else if (rightB[i]) onlyB++;
            else none++;
        }

        double top = (both * none) - (onlyA * onlyB), bottom = (both * none) + (onlyA * onlyB);
        return new Diversity(first, second, bottom > 0 ? top / bottom : double.NaN, (onlyA + onlyB) / rightA.Length, Pearson(a, b));
    }

    private static double Pearson(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average(), ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }

        return aa > 0 && bb > 0 ? ab / Math.Sqrt(aa * bb) : double.NaN;
    }
}
