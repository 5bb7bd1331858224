namespace CxrLab.Data;

/// <summary>How far two readers agree on one finding.</summary>
/// <param name="Images">Images that both judged.</param>
/// <param name="Observed">Share of images with equal answers; NaN without images.</param>
/// <param name="Kappa">Cohen's kappa (Educ Psychol Meas 1960;20:37): agreement beyond chance; NaN where chance alone makes all answers equal.</param>
public sealed record RaterAgreement(int Images, double Observed, double Kappa)
{
    /// <summary>From the four counts: both positive, only the first, only the second, none.</summary>
    public static RaterAgreement Of(int both, int onlyFirst, int onlySecond, int none)
    {
        double all = both + onlyFirst + onlySecond + none;
        if (all == 0) return new RaterAgreement(0, double.NaN, double.NaN);
        double observed = (both + none) / all, first = (both + onlyFirst) / all, second = (both + onlySecond) / all;
        double chance = first * second + (1 - first) * (1 - second);
        return new RaterAgreement((int)all, observed, chance < 1 ? (observed - chance) / (1 - chance) : double.NaN);
    }
}
