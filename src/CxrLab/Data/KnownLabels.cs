namespace CxrLab.Data;

/// <summary>The label sets that the crosswalk speaks of, by their short names.</summary>
public static class KnownLabels
{
    /// <summary>Open-I stands under the 14 words of NIH, in which its gold standard is written.</summary>
    public static IReadOnlyDictionary<string, LabelSet> ByName { get; } = new Dictionary<string, LabelSet>(StringComparer.Ordinal)
    {
        ["nih"] = LabelSet.Nih14,
        ["chexpert"] = LabelSet.CheXpert14,
        ["padchest"] = LabelSet.PadChest,
        ["vindr"] = VinDrCxr.Kaggle14,
        ["openi"] = LabelSet.Nih14,
        ["rsna"] = LabelSet.Rsna,
        ["tuberculosis"] = TuberculosisFolder.Labels,
        ["covidx"] = new LabelSet(CovidLabels.OtherPneumonia, CovidLabels.Covid, CovidLabels.Level2),
    };

    /// <summary>
    /// Name of the label set in which a data set's labels are written: MIMIC's are CheXpert's, ChestX-ray8's are among NIH's. COVIDx-CT
    /// keeps its own name and has no set here: what a CT slice shows needn't show on a radiograph.
    /// </summary>
    public static string OfSource(string source) => source switch
    {
        "mimic" => "chexpert",
        "nih8" => "nih",
        "montgomery" or "shenzhen" or "lungs" => "tuberculosis",
        "covidx-s" => "covidx",
        _ => source,
    };
}
