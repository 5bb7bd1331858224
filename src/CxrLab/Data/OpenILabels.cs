namespace CxrLab.Data;

/// <summary>
/// The 14 findings of NIH in an Open-I report's MeSH terms. A finding that a person coded (major) is Positive; one that only the
/// program found (automatic) is Uncertain; the others are Negative, because the coding covers the whole report, and all are for
/// <c>normal</c>. A report that nobody coded (no major term, or only <c>No Indexing</c>) is Missing but for what the program found.
/// </summary>
internal static class OpenILabels
{
    // MeSH heading, lower case, up to its first slash → finding.
    private static readonly Dictionary<string, string> Headings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Atelectasis"] = Finding.Atelectasis,
        ["Pulmonary Atelectasis"] = Finding.Atelectasis,
        ["Cardiomegaly"] = Finding.Cardiomegaly,
        ["Pleural Effusion"] = Finding.Effusion,
        ["Infiltrate"] = Finding.Infiltration,
        ["Mass"] = Finding.Mass,
        ["Nodule"] = Finding.Nodule,
        ["Pneumonia"] = Finding.Pneumonia,
        ["Pneumothorax"] = Finding.Pneumothorax,
        ["Consolidation"] = Finding.Consolidation,
        ["Edema"] = Finding.Edema,
        ["Pulmonary Edema"] = Finding.Edema,
        ["Emphysema"] = Finding.Emphysema,
        ["Pulmonary Emphysema"] = Finding.Emphysema,
        ["Fibrosis"] = Finding.Fibrosis,
        ["Pulmonary Fibrosis"] = Finding.Fibrosis,
        ["Pleural Thickening"] = Finding.PleuralThickening,
        ["Hernia"] = Finding.Hernia,
        ["Hernia, Hiatal"] = Finding.Hernia,
    };

    internal static LabelState[] Of(OpenIReport report)
    {
        bool coded = report.Major.Any(term => !term.Equals("No Indexing", StringComparison.OrdinalIgnoreCase));
        bool normal = report.Major.Any(term => term.Equals("normal", StringComparison.OrdinalIgnoreCase));
        var states = new LabelState[LabelSet.Nih14.Count];
        Array.Fill(states, coded ? LabelState.Negative : LabelState.Missing);
        if (!normal) Mark(states, report.Automatic, LabelState.Uncertain);
        Mark(states, report.Major, LabelState.Positive);
        return states;
    }

    private static void Mark(LabelState[] states, IEnumerable<string> terms, LabelState state)
    {
        foreach (string term in terms)
        {
            string[] parts = term.Split('/', StringSplitOptions.TrimEntries);
            // Thickening is coded as a heading of its own with the place as qualifier.
            string? finding = Headings.GetValueOrDefault(parts[0])
                ?? (parts[0].Equals("Thickening", StringComparison.OrdinalIgnoreCase) && parts.Contains("pleura", StringComparer.OrdinalIgnoreCase) ? Finding.PleuralThickening : null);
            if (finding is not null) states[LabelSet.Nih14.IndexOf(finding)] = state;
        }
    }
}
