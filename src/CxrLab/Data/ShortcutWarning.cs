namespace CxrLab.Data;

/// <summary>How well something that is no sign of disease, such as the hospital or the view, tells a label by itself.</summary>
/// <param name="Attribute"><c>source</c>, <c>origin</c> (where a set was put together from several) or <c>view</c>.</param>
/// <param name="Finding">The label.</param>
/// <param name="CramersV">Association, from 0 (none) to 1 (one tells the other).</param>
/// <param name="Auroc">AUROC of a blind model that sees only the attribute and answers with the group's prevalence, 0.5 to 1 on these images.</param>
/// <param name="Fewest">Number of positive or of negative images, whichever is smaller.</param>
public sealed record ShortcutWarning(string Attribute, string Finding, double CramersV, double Auroc, int Fewest)
{
    /// <summary>
    /// From this AUROC on, <see cref="Check"/> warns: a model that reaches 0.7 without looking at the picture makes most scores
    /// of chest X-ray models look modest.
    /// </summary>
    public const double DefaultThreshold = 0.7;

    /// <summary>With fewer positive or negative images than this, a large AUROC is mostly luck.</summary>
    public const int DefaultFewest = 10;

    private static readonly (string Name, Func<CxrRecord, string> Of)[] Attributes =
        [("source", record => record.Source), ("origin", record => record.Origin ?? ""), ("view", record => record.View.ToString())];

    /// <summary>Measures source, origin and view against every label; cells that are neither positive nor negative are left out.</summary>
    public static IReadOnlyList<ShortcutWarning> Measure(CxrIndex index) =>
        [.. index.Labels.SelectMany(finding => Attributes.Select(attribute => Of(index, attribute.Name, attribute.Of, finding))).OfType<ShortcutWarning>()];

    /// <summary>The measured pairs at or above a threshold of AUROC, worst first.</summary>
    /// <param name="index">The images.</param>
    /// <param name="threshold">AUROC from which to warn.</param>
    /// <param name="fewest">Findings with fewer positive or negative images are left out.</param>
    public static IReadOnlyList<ShortcutWarning> Check(CxrIndex index, double threshold = DefaultThreshold, int fewest = DefaultFewest) =>
        [.. Measure(index).Where(pair => pair.Auroc >= threshold && pair.Fewest >= fewest).OrderByDescending(pair => pair.Auroc)];

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Attribute} alone tells {Finding} with AUROC {Auroc:F2} (Cramér's V {CramersV:F2})");

    private static ShortcutWarning? Of(CxrIndex index, string attribute, Func<CxrRecord, string> value, string finding)
    {
        int k = index.Labels.IndexOf(finding);
        (double Positive, double Negative)[] groups = [.. index.Records
            .Where(record => record.Labels[k] is LabelState.Positive or LabelState.Negative)
            .GroupBy(value)
            .Select(group => ((double)group.Count(record => record.Labels[k] == LabelState.Positive), (double)group.Count(record => record.Labels[k] == LabelState.Negative)))];
        double positives = groups.Sum(group => group.Positive), negatives = groups.Sum(group => group.Negative), all = positives + negatives;
        if (groups.Length < 2 || positives == 0 || negatives == 0) return null; // nothing can be told apart
        double chi2 = groups.Sum(group =>
        {
            double size = group.Positive + group.Negative, expected = size * positives / all, rest = size * negatives / all;
            return (group.Positive - expected) * (group.Positive - expected) / expected + (group.Negative - rest) * (group.Negative - rest) / rest;
        });
        // Two classes: the smaller side of the table has 2 entries, so V is the root of chi² / n.
        double below = 0, won = 0;
        foreach ((double positive, double negative) in groups.OrderBy(group => group.Positive / (group.Positive + group.Negative)))
        {
            won += positive * (below + negative / 2); // ties within a group count half
            below += negative;
        }

        return new(attribute, finding, Math.Sqrt(chi2 / all), won / (positives * negatives), (int)Math.Min(positives, negatives));
    }
}
