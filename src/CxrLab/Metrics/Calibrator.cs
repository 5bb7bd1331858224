namespace CxrLab.Metrics;

/// <summary>
/// A monotone map from a model's probability to a better one: σ(<see cref="Slope"/> · logit + <see cref="Offset"/>). Ranks, and so AUROC, stay.
/// Fit it on validation images, never on those that are scored.
/// </summary>
public sealed record Calibrator
{
    private const int MostSteps = 100;
    private const double Smallest = 1e-12; // keeps logits finite

    private Calibrator(double slope, double offset) => (Slope, Offset) = (slope, offset);

    /// <summary>Factor on the logit; 1 / temperature.</summary>
    public double Slope { get; }

    /// <summary>Added to the logit; 0 for temperature scaling.</summary>
    public double Offset { get; }

    /// <summary>Temperature scaling (Guo et al., ICML 2017): one number, fitted by maximum likelihood.</summary>
    /// <param name="probabilities">Of validation images, each in [0, 1].</param>
    /// <param name="positive">Their truth, with both kinds.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value isn't a probability, or a kind is lacking.</exception>
    public static Calibrator Temperature(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positive) => Fit(probabilities, positive, withOffset: false);

    /// <summary>Platt scaling (1999): slope and offset by maximum likelihood, with Platt's softened targets, which keep the fit finite.</summary>
    /// <inheritdoc cref="Temperature"/>
    public static Calibrator Platt(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positive) => Fit(probabilities, positive, withOffset: true);

    /// <summary>The better probability.</summary>
    public double Apply(double probability) => Sigmoid((Slope * Logit(probability)) + Offset);

    private static Calibrator Fit(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positive, bool withOffset)
    {
        if (probabilities.Length != positive.Length) throw new ArgumentException($"{probabilities.Length} probabilities don't fit {positive.Length} truths.", nameof(positive));
        double yes = positive.Count(true), no = positive.Length - yes;
        if (yes == 0 || no == 0) throw new ArgumentException("Calibration needs positives and negatives; one kind is lacking.", nameof(positive));
        var z = new double[probabilities.Length];
        var target = new double[z.Length];
        for (int i = 0; i < z.Length; i++)
        {
            if (!(probabilities[i] is >= 0 and <= 1)) throw new ArgumentException($"Value {i} is {probabilities[i]}, no probability.", nameof(probabilities));
            z[i] = Logit(probabilities[i]);
            target[i] = !withOffset ? (positive[i] ? 1 : 0) : positive[i] ? (yes + 1) / (yes + 2) : 1 / (no + 2);
        }

        double slope = 1, offset = withOffset ? Math.Log((no + 1) / (yes + 1)) * -1 : 0;
        double loss = Loss(z, target, slope, offset);
        for (int step = 0; step < MostSteps; step++)
        {
            (double da, double db) = Newton(z, target, slope, offset, withOffset);
            // Halve the step until the loss falls; the loss is convex, so this ends.
            double length = 1;
            while (length > 1e-10 && !(Loss(z, target, slope + (length * da), offset + (length * db)) <= loss)) length /= 2;
            if (length <= 1e-10) break;
            (slope, offset) = (slope + (length * da), offset + (length * db));
            loss = Loss(z, target, slope, offset);
            if (Math.Abs(da) + Math.Abs(db) < 1e-10) break;
        }

        return new Calibrator(slope, offset);
    }

    private static (double Slope, double Offset) Newton(double[] z, double[] target, double slope, double offset, bool withOffset)
    {
        double ga = 0, gb = 0, haa = 1e-12, hab = 0, hbb = 1e-12;
        for (int i = 0; i < z.Length; i++)
        {
            double p = Sigmoid((slope * z[i]) + offset), off = p - target[i], w = p * (1 - p);
            (ga, gb, haa, hab, hbb) = (ga + (off * z[i]), gb + off, haa + (w * z[i] * z[i]), hab + (w * z[i]), hbb + w);
        }

        if (!withOffset) return (-ga / haa, 0);
        double determinant = (haa * hbb) - (hab * hab);
        return (((-ga * hbb) + (gb * hab)) / determinant, ((ga * hab) - (gb * haa)) / determinant);
    }

    private static double Loss(double[] z, double[] target, double slope, double offset)
    {
        double sum = 0;
        for (int i = 0; i < z.Length; i++)
        {
            double x = (slope * z[i]) + offset;
            sum += Math.Max(x, 0) - (x * target[i]) + Math.Log(1 + Math.Exp(-Math.Abs(x))); // stable cross-entropy of a logit
        }

        return sum;
    }

    private static double Logit(double probability)
    {
        double p = Math.Clamp(probability, Smallest, 1 - Smallest);
        return Math.Log(p / (1 - p));
    }

    private static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));
}
