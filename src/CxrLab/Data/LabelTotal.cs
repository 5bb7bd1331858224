using System.Globalization;

namespace CxrLab.Data;

/// <summary>How often a finding has each state in an index.</summary>
/// <param name="Finding">Its name.</param>
/// <param name="Positive">Images that show it.</param>
/// <param name="Negative">Images known not to show it.</param>
/// <param name="Uncertain">Images where it is in doubt.</param>
/// <param name="Missing">Images about which nothing is known.</param>
public sealed record LabelTotal(string Finding, int Positive, int Negative, int Uncertain, int Missing)
{
    /// <summary>Positive among positive and negative, in [0, 1]; NaN where neither occurs.</summary>
    public double Prevalence => (double)Positive / (Positive + Negative);

    /// <inheritdoc/>
    public override string ToString()
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{Finding}: {Positive:N0} positive, {Negative:N0} negative");
        if (Uncertain > 0) text += string.Create(CultureInfo.InvariantCulture, $", {Uncertain:N0} uncertain");
        if (Missing > 0) text += string.Create(CultureInfo.InvariantCulture, $", {Missing:N0} missing");
        return text;
    }
}
