namespace CxrLab.Metrics;

/// <summary>Agreement of readers beyond chance: 1 is full agreement, 0 chance, below 0 worse than chance.</summary>
public static class Kappa
{
    /// <summary>Two readers, any number of categories (Cohen, Educ Psychol Meas 1960;20:37); weighted for ordered ones (Cohen, 1968).</summary>
    /// <param name="first">Category of each case, from 0.</param>
    /// <param name="second">The other reader's, of the same length.</param>
    /// <param name="weights">What a disagreement costs.</param>
    /// <returns>At most 1; NaN where both always give the same single category.</returns>
    /// <exception cref="ArgumentException">There is no case, lengths differ, or a category is negative.</exception>
    public static double Cohen(ReadOnlySpan<int> first, ReadOnlySpan<int> second, KappaWeights weights = KappaWeights.None)
    {
        if (first.Length != second.Length || first.IsEmpty) throw new ArgumentException($"{first.Length} and {second.Length} opinions must be equally many, and at least one.", nameof(second));
        int categories = 0;
        for (int i = 0; i < first.Length; i++)
        {
            if (first[i] < 0 || second[i] < 0) throw new ArgumentException($"Opinion {i} is {Math.Min(first[i], second[i])}; categories count from 0.", nameof(first));
            categories = Math.Max(categories, Math.Max(first[i], second[i]) + 1);
        }

        var together = new double[categories, categories];
        double[] one = new double[categories], other = new double[categories];
        double n = first.Length;
        for (int i = 0; i < first.Length; i++)
        {
            together[first[i], second[i]] += 1 / n;
            one[first[i]] += 1 / n;
            other[second[i]] += 1 / n;
        }

        double observed = 0, chance = 0;
        for (int a = 0; a < categories; a++)
        {
            for (int b = 0; b < categories; b++)
            {
                double cost = weights switch { KappaWeights.Linear => Math.Abs(a - b), KappaWeights.Quadratic => (a - b) * (a - b), _ => a == b ? 0 : 1 };
                observed += cost * together[a, b];
                chance += cost * one[a] * other[b];
            }
        }

        return chance > 0 ? 1 - (observed / chance) : double.NaN;
    }

    /// <summary>Any number of readers, who need not be the same on every case (Fleiss, Psychol Bull 1971;76:378).</summary>
    /// <param name="votes">[cases, categories]: how many readers chose each; every case needs the same number of votes, at least two.</param>
    /// <returns>At most 1; NaN where all votes fall on one category.</returns>
    /// <exception cref="ArgumentException">There is no case, or cases have different numbers of votes.</exception>
    public static double Fleiss(int[,] votes)
    {
        int cases = votes.GetLength(0), categories = votes.GetLength(1);
        if (cases == 0 || categories == 0) throw new ArgumentException("There is no case or no category.", nameof(votes));
        int readers = Enumerable.Range(0, categories).Sum(k => votes[0, k]);
        double agreement = 0;
        var share = new double[categories];
        for (int i = 0; i < cases; i++)
        {
            int sum = 0, squares = 0;
            for (int k = 0; k < categories; k++)
            {
                if (votes[i, k] < 0) throw new ArgumentException($"Case {i} has {votes[i, k]} votes for category {k}.", nameof(votes));
                sum += votes[i, k];
                squares += votes[i, k] * votes[i, k];
                share[k] += votes[i, k];
            }

            if (sum != readers || readers < 2) throw new ArgumentException($"Case {i} has {sum} votes, case 0 has {readers}; all need equally many, at least two.", nameof(votes));
            agreement += (double)(squares - readers) / (readers * (readers - 1)) / cases;
        }

        double chance = share.Sum(votesOfOne => Math.Pow(votesOfOne / (cases * (double)readers), 2));
        return chance < 1 ? (agreement - chance) / (1 - chance) : double.NaN;
    }
}

/// <summary>What a disagreement costs.</summary>
public enum KappaWeights
{
    /// <summary>All alike.</summary>
    None,

    /// <summary>The distance of the categories.</summary>
    Linear,

    /// <summary>Its square.</summary>
    Quadratic,
}
