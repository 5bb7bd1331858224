using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>
/// Kaggle's "Chest Xray Masks and Labels": Montgomery and Shenzhen together, 800 images and 704 masks of both lungs in one. Two
/// naming rules: <c>CHNCXR_0001_0_mask.png</c> for Shenzhen, the image's own name for Montgomery. Images without a mask stay.
/// </summary>
public static class LungSegmentation
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "lungs";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "Kaggle lung segmentation: Montgomery and Shenzhen, 704 lung masks for 800 X-rays", Read)
    {
        Citation = "Jaeger S, et al. Quant Imaging Med Surg 2014;4(6):475.",
        Home = "https://www.kaggle.com/datasets/nikhilpandey360/chest-xray-masks-and-labels",
        Terms = "see the page and the two original sets; cite the paper",
        Size = "5.04 GB",
    };

    /// <param name="root"><c>Lung Segmentation</c> or the folder above it.</param>
    /// <param name="images">Whether a clinical reading needs its image.</param>
    /// <param name="table">Must be null: there is no table.</param>
    /// <exception cref="DataFormatException">The folder isn't as published.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        var folder = new TuberculosisFolder(DataFolder.Open(root, "CXR_png and masks", "Lung Segmentation"), table);
        Dictionary<string, string> masks = DataFolder.Files([Path.Combine(folder.Root, "masks")], ".png");
        var used = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<MaskFile> Masks(string name)
        {
            string? file = new[] { name + "_mask.png", name + ".png" }.FirstOrDefault(masks.ContainsKey);
            if (file is null) return [];
            used.Add(file);
            return [new MaskFile("lungs", masks[file])];
        }

        List<CxrRecord> records = folder.Records(Name, images, Masks);
        int test = DataFolder.Files([Path.Combine(folder.Root, "test")], ".png").Count;
        List<string> notes = [.. folder.Notes(records)];
        if (masks.Count > used.Count) notes.Add(Invariant($"{masks.Count - used.Count:N0} masks belong to no record"));
        if (test > 0) notes.Add(Invariant($"{test:N0} images in test/ have no label or mask and aren't read"));
        return new CxrIndex(Name, TuberculosisFolder.Labels, records, notes);
    }
}
