using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>
/// Weighted boxes fusion (Solovyev, Wang, Gabruseva, Image and Vision Computing 2021, arXiv 1910.13302). Boxes are taken by
/// falling score; each joins the cluster whose fused box overlaps it most, if above the threshold, or begins a new one. A
/// fused corner is <c>Σ s·corner / Σ s</c>, its score <c>(Σ s / T) · min(T, N) / N</c> for T boxes and N readers: what one
/// of three readers saw scores a third.
/// </summary>
/// <param name="Threshold">IoU above which a box joins a cluster; 0.55 in the paper.</param>
public sealed record WeightedBoxFusion(double Threshold = 0.55) : IBoxFusion
{
    /// <inheritdoc/>
    public string Name => Invariant($"weighted boxes fusion at IoU {Threshold}");

    /// <inheritdoc/>
    public IReadOnlyList<ScoredBox> Fuse(IReadOnlyList<ScoredBox> boxes, int readers)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(readers);
        var clusters = new List<List<ScoredBox>>();
        foreach (ScoredBox box in boxes.Where(box => box.Score > 0).OrderByDescending(box => box.Score))
        {
            List<ScoredBox>? nearest = clusters.Where(cluster => cluster[0].Finding == box.Finding).MaxBy(cluster => Mean(cluster).IoU(box.Box));
            if (nearest is not null && Mean(nearest).IoU(box.Box) > Threshold) nearest.Add(box);
            else clusters.Add([box]);
        }

        return [.. clusters
            .Select(cluster => new ScoredBox(cluster[0].Finding, Mean(cluster), cluster.Average(box => box.Score) * Math.Min(cluster.Count, readers) / readers))
            .OrderByDescending(box => box.Score)];
    }

    private static Box Mean(List<ScoredBox> cluster)
    {
        double sum = cluster.Sum(box => box.Score);
        double Weighted(Func<Box, double> side) => cluster.Sum(box => box.Score * side(box.Box)) / sum;
        double x = Weighted(box => box.X), y = Weighted(box => box.Y);
        return new Box(x, y, Weighted(box => box.Right) - x, Weighted(box => box.Bottom) - y);
    }
}
