namespace CxrLab.Phantom;

/// <summary>The phantom's findings under the 14 names of CheXpert and MIMIC-CXR. Labels are a study's: what any of its views shows counts.</summary>
internal static class CheXpertNames
{
    private static readonly string[] Opacities = [Finding.Infiltration, Finding.Consolidation, Finding.Edema, Finding.Pneumonia, Finding.Atelectasis, Finding.Mass, Finding.Nodule];

    private static readonly Dictionary<string, string[]> FindingsOf = new(StringComparer.Ordinal)
    {
        ["Cardiomegaly"] = [Finding.Cardiomegaly],
        ["Lung Opacity"] = Opacities,
        ["Lung Lesion"] = [Finding.Mass, Finding.Nodule],
        ["Edema"] = [Finding.Edema],
        ["Consolidation"] = [Finding.Consolidation],
        ["Pneumonia"] = [Finding.Pneumonia],
        ["Atelectasis"] = [Finding.Atelectasis],
        ["Pneumothorax"] = [Finding.Pneumothorax],
        ["Pleural Effusion"] = [Finding.Effusion],
        ["Pleural Other"] = [Finding.PleuralThickening],
    };

    /// <summary>What the labeler would say of one of the 14 for a study. Findings without a name there (a fracture, an enlarged mediastinum) are never mentioned.</summary>
    internal static LabelState State(string label, IReadOnlyCollection<DrawnImage> study)
    {
        if (label == "Support Devices") return study.Any(image => image.Case.Shortcuts.HasFlag(PhantomShortcut.ChestTube)) ? LabelState.Positive : LabelState.Missing;
        // Positive or nothing: the labeler never denies that there is no finding.
        if (label == Finding.NoFinding) return Findings.All.Any(finding => Of(finding, study) is LabelState.Positive or LabelState.Uncertain) ? LabelState.Missing : LabelState.Positive;
        return FindingsOf.TryGetValue(label, out string[]? findings) ? Any([.. findings.Select(finding => Of(finding, study))]) : LabelState.Missing;
    }

    /// <summary>What readers who look at the films say: present or not.</summary>
    internal static bool IsThere(string label, IReadOnlyCollection<DrawnImage> study) => label switch
    {
        "Support Devices" => study.Any(image => image.Case.Shortcuts.HasFlag(PhantomShortcut.ChestTube)),
        Finding.NoFinding => study.All(image => image.Findings.Count == 0),
        _ => FindingsOf.TryGetValue(label, out string[]? findings) && findings.Any(finding => study.Any(image => image.Has(finding))),
    };

    /// <summary>As the tables write it; blank for what isn't mentioned.</summary>
    internal static string Cell(LabelState state) => state switch { LabelState.Positive => "1.0", LabelState.Negative => "0.0", LabelState.Uncertain => "-1.0", _ => "" };

    private static LabelState Of(string finding, IReadOnlyCollection<DrawnImage> study) => Any([.. study.Select(image => image.Label(finding))]);

    private static LabelState Any(IReadOnlyCollection<LabelState> states) =>
        states.Contains(LabelState.Positive) ? LabelState.Positive
        : states.Contains(LabelState.Uncertain) ? LabelState.Uncertain
        : states.Contains(LabelState.Missing) ? LabelState.Missing : LabelState.Negative;
}
