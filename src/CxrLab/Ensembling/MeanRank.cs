namespace CxrLab.Ensembling;

/// <summary>
/// The mean of the members' ranks among the images, in [0, 1]: blind to how a member is calibrated. Only the order means something, and it
/// depends on which images are ranked together.
/// </summary>
public sealed class MeanRank : IEnsemble
{
    /// <inheritdoc/>
    public string Name => "mean of ranks";

    /// <inheritdoc/>
    public Predictions Combine(Members members)
    {
        double[][][] ranks = [.. members.Predictions.Select(one => members.Labels.Select(label => Ranks(one.Column(label))).ToArray())];
        return members.With((i, k) => ranks.Average(member => member[k][i]));
    }

    // The share of images below, ties counting half: a single image has a half.
    private static double[] Ranks(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return [.. values.Select(value =>
        {
            int below = LowerBound(sorted, value, orEqual: false), upTo = LowerBound(sorted, value, orEqual: true);
            return (below + upTo) / 2.0 / values.Length;
        })];
    }

    // How many sorted values are below the value, or at most it.
    private static int LowerBound(double[] sorted, double value, bool orEqual)
    {
        int from = 0, to = sorted.Length;
        while (from < to)
        {
            int middle = (from + to) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) from = middle + 1;
            else to = middle;
        }

        return from;
    }
}
