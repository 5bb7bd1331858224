namespace CxrLab.Tests.Metrics;

/// <summary>Seeded cases for scores.</summary>
internal static class MetricCases
{
    /// <summary>Scores with heavy ties, and at least one case of each class.</summary>
    internal static (double[] Scores, bool[] Positive) Tied(int seed)
    {
        Random random = Seed.Random(seed);
        int n = random.Next(2, 40), levels = random.Next(1, 8);
        bool[] positive = [.. Enumerable.Range(0, n).Select(i => i == 0 || (i > 1 && random.NextDouble() < 0.4))];
        return ([.. Enumerable.Range(0, n).Select(_ => (random.Next(levels) - 2) / 4.0)], positive);
    }

    /// <summary>Images of patients: the patient's own level moves the score of each image.</summary>
    internal static (double[] Scores, bool[] Positive, string[] Patients) Patients(int patients, int images, int seed)
    {
        Random random = Seed.Random(seed);
        double[] scores = new double[patients * images];
        var positive = new bool[patients * images];
        for (int patient = 0; patient < patients; patient++)
        {
            double level = random.NextGaussian();
            for (int k = 0; k < images; k++)
            {
                positive[patient * images + k] = patient % 3 == 0;
                scores[patient * images + k] = (patient % 3 == 0 ? 1 : 0) + level + 0.1 * random.NextGaussian();
            }
        }

        return (scores, positive, [.. Enumerable.Range(0, patients * images).Select(i => "p" + i / images)]);
    }
}
