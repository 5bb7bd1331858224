using System.Globalization;

namespace CxrLab.Explain;

/// <summary>The model's probability while pixels are taken away or shown in the order of a heat map.</summary>
/// <param name="Name">What was done, such as <c>deletion</c>.</param>
/// <param name="Shares">Share of the pixels changed so far, from 0 to 1.</param>
/// <param name="Scores">Probability of the finding at each share.</param>
public sealed record PerturbationCurve(string Name, IReadOnlyList<double> Shares, IReadOnlyList<double> Scores)
{
    /// <summary>Area under the curve (trapezoids), in [0, 1]. Low is good for deletion, high for insertion.</summary>
    public double Area => Enumerable.Range(1, Shares.Count - 1).Sum(i => (Shares[i] - Shares[i - 1]) * (Scores[i] + Scores[i - 1]) / 2);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: area {Area:F3}, from {Scores[0]:F3} to {Scores[^1]:F3}");
}
