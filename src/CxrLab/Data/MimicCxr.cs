namespace CxrLab.Data;

/// <summary>
/// MIMIC-CXR: 377,110 X-rays in 227,835 studies with their reports (Johnson et al., Sci Data 6:317, 2019), as DICOM files or as
/// MIMIC-CXR-JPG (arXiv 1901.07042). Labels belong to studies and are joined to each of a study's images; a study that the label
/// table lacks is Missing throughout. The tables hold neither age nor sex.
/// </summary>
public static class MimicCxr
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "mimic";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "MIMIC-CXR and MIMIC-CXR-JPG: 377,110 X-rays in 227,835 studies with reports, 14 labels by CheXpert's labeler or NegBio", Read)
    {
        OfficialSplit = (index, _, _) => OfficialSplit(index),
        Citation = "Johnson AEW, Pollard TJ, Berkowitz SJ, et al. MIMIC-CXR. Sci Data 2019;6:317. MIMIC-CXR-JPG: arXiv:1901.07042.",
        Home = "https://physionet.org/content/mimic-cxr-jpg/",
        Terms = "PhysioNet credentialed access after CITI training; no redistribution",
        Size = "377,110 images; the site gives the size of each version",
    };

    /// <summary>
    /// Reads images from the metadata table, or from <c>cxr-record-list.csv</c> where that is missing, with labels of CheXpert's
    /// labeler, or of NegBio where those are missing.
    /// </summary>
    /// <param name="root">Folder of the tables, which holds <c>files/p10/…</c> too.</param>
    /// <param name="images">Whether a row needs its image: <c>.jpg</c>, <c>.dcm</c> or <c>.dcm.gz</c>.</param>
    /// <param name="table">The label table to use, such as <c>mimic-cxr-2.0.0-negbio.csv.gz</c>, absolute or relative to <paramref name="root"/>.</param>
    /// <exception cref="DataFormatException">Tables or images aren't as published; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        TableFile.RequireFolder(root, "cxr-record-list.csv or mimic-cxr-2.0.0-metadata.csv");
        // Joining is a method of its own so that label and split tables are let go before the index is built.
        (RecordList list, IReadOnlyList<string> notes) = Join(root, images, table);
        return list.ToIndex(Name, LabelSet.Mimic14, root, notes);
    }

    /// <summary>The published split by patient: train, validate, test.</summary>
    /// <exception cref="ArgumentException">The split table wasn't there when the index was read.</exception>
    public static PatientSplit OfficialSplit(CxrIndex index)
    {
        if (index.Records.All(record => record.PublishedPart is null))
            throw new ArgumentException("No image has a published part: the official split needs mimic-cxr-2.0.0-split.csv.gz of MIMIC-CXR-JPG beside the other tables.", nameof(index));
        CxrIndex Part(string name) => index.Where(record => record.PublishedPart == name, $"published {name} part");
        return new PatientSplit("official", Part("train"), Part("validate"), Part("test"));
    }

    private static (RecordList List, IReadOnlyList<string> Notes) Join(string root, ImageRule images, string? table)
    {
        var pool = new StringPool(); // ids of patients and studies stand in several tables
        string? labelTable = table is null ? Versioned(root, "chexpert") ?? Versioned(root, "negbio") : Path.Combine(root, table);
        string records = Versioned(root, "metadata") ?? TableFile.Require(root, "mimic-cxr-2.0.0-metadata.csv", "cxr-record-list.csv");
        var rows = new MimicRows(root, images, pool, new MimicLabels(labelTable, pool));
        rows.Read(records, new MimicSplit(Versioned(root, "split")));
        return (rows.List, [.. rows.Notes(TableFile.Find(root, "cxr-study-list.csv"))]);
    }

    // mimic-cxr-2.0.0-chexpert.csv.gz: the number is the version's.
    private static string? Versioned(string root, string what) =>
        Directory.EnumerateFiles(root, $"mimic-cxr-*-{what}.csv*")
            .Where(file => file.EndsWith(".csv", StringComparison.Ordinal) || file.EndsWith(".csv.gz", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).LastOrDefault();
}
