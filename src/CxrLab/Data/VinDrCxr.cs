using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>
/// VinDr-CXR: 15,000 training images, each read by three of 17 radiologists (Nguyen et al., Sci Data 9:429, 2022, arXiv
/// 2012.15029). Reads Kaggle's <c>train.csv</c> and PhysioNet's <c>annotations_train.csv</c> with <c>image_labels_train.csv</c>.
/// Labels are the majority of readers; <see cref="ReaderConsensus"/> decides otherwise. Boxes stay one per reader, in pixels of
/// the original DICOM, whose size the tables don't give.
/// </summary>
public static class VinDrCxr
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "vindr";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "VinDr-CXR: 15,000 training X-rays, each with boxes by three of 17 radiologists", Read)
    {
        Citation = "Nguyen HQ, et al. VinDr-CXR. Sci Data 2022;9:429. arXiv 2012.15029.",
        Home = "https://physionet.org/content/vindr-cxr/1.0.0/",
        Terms = "PhysioNet credentialed access; Kaggle's copy under the competition's rules",
        Size = "18,000 DICOM files",
    };

    /// <summary>The 14 findings of Kaggle's table; column = class_id.</summary>
    public static LabelSet Kaggle14 { get; } = new(
        "Aortic enlargement", "Atelectasis", "Calcification", "Cardiomegaly", "Consolidation", "ILD", "Infiltration", "Lung Opacity",
        "Nodule/Mass", "Other lesion", "Pleural effusion", "Pleural thickening", "Pneumothorax", "Pulmonary fibrosis");

    /// <summary>Reads the tables under <paramref name="root"/>.</summary>
    /// <param name="root">Folder of the table; images lie in <c>train/</c> as .dicom, .dcm or .png.</param>
    /// <param name="images">Whether a row needs its image.</param>
    /// <param name="table">Another box table, absolute or relative to <paramref name="root"/>; plain or gzipped.</param>
    /// <exception cref="DataFormatException">Tables or images aren't as published; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        DataFolder.Open(root, "train.csv");
        string file = table is not null ? Path.Combine(root, table)
            : DataFolder.Find(root, "train.csv", "annotations_train.csv", "annotations/annotations_train.csv")
            ?? throw new DataFormatException(root, null, "expected train.csv (Kaggle) or annotations_train.csv (PhysioNet) here, or their .gz.");
        string? labels = DataFolder.Find(Path.GetDirectoryName(file) ?? root, "image_labels_train.csv");
        bool kaggle = !Path.GetFileName(file).StartsWith("annotations", StringComparison.Ordinal);
        if (!kaggle && labels is null) throw new DataFormatException(file, null, "image_labels_train.csv must lie beside it: it holds the labels of the whole image.");

        var rows = new VinDrRows(kaggle ? null : labels);
        rows.ReadBoxes(file);
        Dictionary<string, string> paths = DataFolder.Files([Path.Combine(root, "train"), Path.Combine(root, "train_png")], ".dicom", ".dcm", ".png")
            .GroupBy(pair => Path.GetFileNameWithoutExtension(pair.Key)).ToDictionary(group => group.Key, group => group.Min(pair => pair.Value)!, StringComparer.Ordinal);
        CxrRecord[] all = [.. rows.Records(paths)];
        CxrRecord[] kept = [.. all.Where(record => images == ImageRule.Optional || record.ImagePath is not null)];
        DataFolder.RequireSome(kept, root, "train/");
        int without = all.Count(record => record.ImagePath is null);
        return new CxrIndex(Name, rows.Labels, kept, [.. rows.Notes(Path.GetFileName(file)), .. without == 0 ? Array.Empty<string>() : [Invariant($"{without:N0} images have no file here")]]);
    }
}
