namespace CxrLab.Ensembling;

/// <summary>Probability ↔ logit, kept finite.</summary>
internal static class Logits
{
    private const double Smallest = 1e-9; // PRED.csv has nine decimals

    internal static double Of(double probability)
    {
        double p = Math.Clamp(probability, Smallest, 1 - Smallest);
        return Math.Log(p / (1 - p));
    }

    internal static double ToProbability(double logit) => logit >= 0 ? 1 / (1 + Math.Exp(-logit)) : Math.Exp(logit) / (1 + Math.Exp(logit));
}
