namespace CxrLab.Data;

/// <summary>
/// Montgomery County tuberculosis set: 138 X-rays, 80 normal and 58 with tuberculosis, with a mask of each lung (Jaeger et al., QIMS
/// 2014;4(6):475). "Left" is the patient's left lung, right in the image; the lung field is the union of both masks.
/// </summary>
public static class Montgomery
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "montgomery";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "Montgomery: 138 X-rays, normal or tuberculosis, with masks of both lungs", Read)
    {
        Citation = "Jaeger S, et al. Quant Imaging Med Surg 2014;4(6):475.",
        Home = "https://lhncbc.nlm.nih.gov/",
        Terms = "see the data set's own notice; cite the paper",
        Size = "138 PNG files of up to 4892 x 4020",
    };

    /// <param name="root"><c>MontgomerySet</c> or the folder above it.</param>
    /// <param name="images">Whether a clinical reading needs its image.</param>
    /// <param name="table">Must be null: there is no table.</param>
    /// <exception cref="DataFormatException">The folder isn't as published.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        var folder = new TuberculosisFolder(DataFolder.Open(root, "CXR_png and ManualMask", "MontgomerySet"), table);
        Dictionary<string, string> left = DataFolder.Files([Path.Combine(folder.Root, "ManualMask", "leftMask")], ".png"),
            right = DataFolder.Files([Path.Combine(folder.Root, "ManualMask", "rightMask")], ".png");
        IReadOnlyList<MaskFile> Masks(string name) =>
        [
            .. left.TryGetValue(name + ".png", out string? one) ? [new MaskFile("left lung", one)] : Array.Empty<MaskFile>(),
            .. right.TryGetValue(name + ".png", out string? other) ? [new MaskFile("right lung", other)] : Array.Empty<MaskFile>(),
        ];
        List<CxrRecord> records = folder.Records(Name, images, Masks);
        return new CxrIndex(Name, TuberculosisFolder.Labels, records, folder.Notes(records));
    }
}
