namespace CxrLab.Metrics;

/// <summary>
/// Detection score of PASCAL VOC from 2010 on (Everingham et al., IJCV 2015), which VinDr's competition used at an IoU above 0.4: boxes in falling
/// order of score, each claims the free truth that it overlaps most; area under the precision-recall curve with precision made monotone.
/// </summary>
public static class MeanAveragePrecision
{
    /// <param name="found">All boxes of all images.</param>
    /// <param name="truth">All true boxes; the score isn't read.</param>
    /// <param name="threshold">A box counts when its IoU is above this.</param>
    /// <returns>Finding → average precision, for the findings that have a true box, and their mean; NaN where there is none.</returns>
    public static (double Mean, IReadOnlyDictionary<string, double> PerFinding) Compute(IReadOnlyList<DetectedBox> found, IReadOnlyList<DetectedBox> truth, double threshold = 0.4)
    {
        int broken = found.ToList().FindIndex(box => double.IsNaN(box.Score));
        if (broken >= 0) throw new ArgumentException($"Box {broken} has the score NaN.", nameof(found));
        Dictionary<string, double> scores = truth.GroupBy(box => box.Finding, StringComparer.Ordinal).ToDictionary(group => group.Key, group => Of([.. found.Where(box => box.Finding == group.Key)], [.. group], threshold), StringComparer.Ordinal);
        return (scores.Count > 0 ? scores.Values.Average() : double.NaN, scores);
    }

    private static double Of(DetectedBox[] found, DetectedBox[] truth, double threshold)
    {
        ILookup<string, int> byImage = Enumerable.Range(0, truth.Length).ToLookup(i => truth[i].Image, StringComparer.Ordinal);
        var claimed = new bool[truth.Length];
        var points = new List<(double Recall, double Precision)>();
        int hits = 0, seen = 0;
        foreach (DetectedBox box in found.OrderByDescending(box => box.Score))
        {
            seen++;
            int best = byImage[box.Image].Select(i => (Index: i, Overlap: box.Box.IoU(truth[i].Box))).OrderByDescending(pair => pair.Overlap).Select(pair => pair.Overlap > threshold ? pair.Index : -1).FirstOrDefault(-1);
            // VOC: a second box on the same truth is a false alarm, even if another truth is near.
            if (best >= 0 && !claimed[best])
            {
                claimed[best] = true;
                hits++;
            }

            points.Add(((double)hits / truth.Length, (double)hits / seen));
        }

        double area = 0, highest = 0;
        for (int i = points.Count - 1; i >= 0; i--)
        {
            highest = Math.Max(highest, points[i].Precision);
            area += highest * (points[i].Recall - (i > 0 ? points[i - 1].Recall : 0));
        }

        return area;
    }
}

/// <summary>A box on an image.</summary>
/// <param name="Image">The image.</param>
/// <param name="Finding">What it shows.</param>
/// <param name="Box">Where.</param>
/// <param name="Score">Higher is surer; not read for true boxes.</param>
public sealed record DetectedBox(string Image, string Finding, Box Box, double Score = 0);
