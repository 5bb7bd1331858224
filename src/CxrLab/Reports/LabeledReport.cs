using System.Text;

namespace CxrLab.Reports;

/// <summary>A report with its labels and every mention behind them.</summary>
public sealed class LabeledReport
{
    internal LabeledReport(Report report, LabelScheme scheme, IReadOnlyList<ReportSection> read, IReadOnlyList<Mention> mentions)
    {
        (Report, Scheme, Read, Mentions) = (report, scheme, read, mentions);
        bool somethingRead = read.Any(section => section.Text.Trim().Length > 0);
        Normal = somethingRead ? !mentions.Any(mention => mention.Concept.Abnormal && Present(mention.State)) : null;
        Labels = [.. scheme.Labels.Select(Aggregated)];
    }

    /// <summary>The report.</summary>
    public Report Report { get; }

    /// <summary>The scheme of the labels.</summary>
    public LabelScheme Scheme { get; }

    /// <summary>The sections that were read.</summary>
    public IReadOnlyList<ReportSection> Read { get; }

    /// <summary>All mentions, in the order of the text.</summary>
    public IReadOnlyList<Mention> Mentions { get; }

    /// <summary>States aligned with the scheme's labels.</summary>
    public IReadOnlyList<LabelState> Labels { get; }

    /// <summary>Whether nothing abnormal of any kind is asserted or suspected; null where there was nothing to read.</summary>
    public bool? Normal { get; }

    /// <summary>State of <paramref name="label"/>.</summary>
    /// <exception cref="ArgumentException">The scheme has no such label.</exception>
    public LabelState this[string label] => Labels[Scheme.Labels.IndexOf(label)];

    /// <summary>Which of these names are asserted; <c>normal</c> is one of them, uncertain isn't.</summary>
    /// <exception cref="ArgumentException">The scheme has no such label.</exception>
    public bool[] Positive(IReadOnlyList<string> names) => [.. names.Select(name => name == "normal" ? Normal == true : this[name] == LabelState.Positive)];

    /// <summary>The report as a page with coloured words, for notebooks.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string> { ["text/html"] = ReportHtml.Of(this), ["text/plain"] = ToString() };

    /// <summary>The labels that aren't missing, and the reason of every mention.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendJoin(", ", Scheme.Labels.Zip(Labels).Where(pair => pair.Second != LabelState.Missing).Select(pair => $"{pair.First} {pair.Second}"));
        text.Append(Normal switch { true => "; normal", false => "; not normal", null => "nothing to read" });
        foreach (Mention mention in Mentions) text.Append("\n· ").Append(mention.Explanation);
        return text.ToString();
    }

    private LabelState Aggregated(string label)
    {
        if (label == LabelScheme.NoFinding) return NoFinding();
        var states = new List<LabelState>();
        foreach (Mention mention in Mentions)
        {
            if (mention.State == LabelState.Missing || !mention.Concept.Labels.TryGetValue(Scheme.Name, out IReadOnlyList<string>? names)) continue;
            foreach (string name in names)
            {
                if (name == label) states.Add(mention.State);
                else if (name[^1] == '?' && name.AsSpan(0, name.Length - 1).SequenceEqual(label) && Present(mention.State)) states.Add(LabelState.Uncertain);
            }
        }

        return Scheme.Aggregate(states);
    }

    // Devices don't speak against it; anything else that is asserted or suspected does, whether it has a label or not.
    private LabelState NoFinding() => Read.Count > 0 && !Mentions.Any(mention => Present(mention.State) && mention.Concept.Abnormal
        && !(mention.Concept.Labels.TryGetValue(Scheme.Name, out IReadOnlyList<string>? names) && names.Contains("Support Devices")))
        ? LabelState.Positive
        : LabelState.Missing;

    private static bool Present(LabelState state) => state is LabelState.Positive or LabelState.Uncertain;
}
