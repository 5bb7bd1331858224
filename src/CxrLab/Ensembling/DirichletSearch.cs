using CxrLab.Metrics;

namespace CxrLab.Ensembling;

/// <summary>
/// Weights by random search: drawn evenly from the simplex, kept where the mean AUROC of the validation part is highest (the DirichletEnsemble
/// of DeepCOVID-XR; Wehbe et al., Radiology 2021). Equal weights and every member alone are candidates too, so on validation it is never
/// worse than those; on test it may be.
/// </summary>
/// <param name="draws">Number of random weights.</param>
/// <param name="seed">The same seed gives the same weights.</param>
public sealed class DirichletSearch(int draws = 500, int seed = 0) : IEnsembleFit
{
    /// <inheritdoc/>
    public string Name => "Dirichlet search";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No finding has both kinds in the validation part.</exception>
    public IEnsemble Fit(ValidationPart validation)
    {
        int members = validation.Members.Names.Count;
        (int Column, int[] Rows, bool[] Positive)[] findings = [.. Enumerable.Range(0, validation.Members.Labels.Count)
            .Select(k => (k, validation.Known(k))).Select(pair => (pair.k, pair.Item2.Rows, pair.Item2.Positive))
            .Where(one => one.Positive.Contains(true) && one.Positive.Contains(false))];
        if (findings.Length == 0) throw new ArgumentException("No finding has both positives and negatives in the validation part, so no weights can be preferred.", nameof(validation));
        double Score(double[] weights) => findings.Average(one => Auroc.Compute(
            [.. one.Rows.Select(row => validation.Members.Cell(row, one.Column).Zip(weights, (probability, weight) => probability * weight).Sum())], one.Positive));
        double[] best = [.. Enumerable.Repeat(1.0 / members, members)];
        double score = Score(best);
        foreach (double[] weights in Candidates(members))
        {
            double found = Score(weights);
            if (found > score) (best, score) = (weights, found);
        }

        return new WeightedMean(Name, best, validation);
    }

    private IEnumerable<double[]> Candidates(int members)
    {
        for (int m = 0; m < members; m++) yield return [.. Enumerable.Range(0, members).Select(i => i == m ? 1.0 : 0.0)];
        Random random = Seed.Random(seed, members);
        for (int i = 0; i < draws; i++)
        {
            // Exponential numbers over their sum are evenly spread over the simplex.
            double[] drawn = [.. Enumerable.Range(0, members).Select(_ => -Math.Log(1 - random.NextDouble()))];
            double sum = drawn.Sum();
            yield return [.. drawn.Select(value => value / sum)];
        }
    }
}
