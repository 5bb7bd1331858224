namespace CxrLab.Reports;

/// <summary>Which labels to give, from which part of a report, and how mentions become labels.</summary>
/// <param name="Name"><c>chexpert</c> or <c>nih</c>; the phrase table uses it too.</param>
/// <param name="Labels">The labels, in column order.</param>
/// <param name="Read">The part of a report that is read.</param>
/// <param name="ProbableIsPositive">Whether "likely A" asserts A.</param>
/// <param name="Aggregate">The states of one finding's mentions → its label.</param>
public sealed record LabelScheme(
    string Name,
    LabelSet Labels,
    Func<Report, IReadOnlyList<ReportSection>> Read,
    bool ProbableIsPositive,
    Func<IEnumerable<LabelState>, LabelState> Aggregate)
{
    /// <summary>The label that says that no other label applies.</summary>
    public const string NoFinding = Finding.NoFinding;

    /// <summary>CheXpert's 14 labels from the impression; doubt is uncertain (Irvin et al., AAAI 2019).</summary>
    public static LabelScheme CheXpert { get; } = new("chexpert", LabelSet.CheXpert14, report => report.Conclusion(), ProbableIsPositive: false, Aggregation.CheXpert);

    /// <summary>ChestX-ray14's labels from findings and impression; "likely" asserts, as its table of rules doesn't list it (Wang et al., CVPR 2017).</summary>
    public static LabelScheme Nih { get; } = new("nih", LabelSet.Nih14, report => report.FindingsAndImpression(), ProbableIsPositive: true, Aggregation.AnyPositive);

    /// <summary>Both schemes.</summary>
    public static IReadOnlyList<LabelScheme> All { get; } = [CheXpert, Nih];

    /// <exception cref="ArgumentException">There is no such scheme.</exception>
    public static LabelScheme ByName(string name) => All.FirstOrDefault(scheme => scheme.Name == name)
        ?? throw new ArgumentException($"There is no label scheme '{name}'; there are: {string.Join(", ", All.Select(scheme => scheme.Name))}.", nameof(name));
}
