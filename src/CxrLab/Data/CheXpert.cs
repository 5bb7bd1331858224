namespace CxrLab.Data;

/// <summary>
/// CheXpert: 224,316 X-rays of 65,240 patients with 14 observations labelled from reports, doubt kept (Irvin, Rajpurkar et al., AAAI
/// 2019, arXiv 1901.07031). Reads <c>train.csv</c> and <c>valid.csv</c> of the full set and of the small one. A blank cell is
/// Missing, not negative; "No Finding" is a column like the others, positive or blank in the train table.
/// </summary>
public static class CheXpert
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "chexpert";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "CheXpert: 224,316 frontal and lateral X-rays, 14 observations labelled from reports with doubt kept", Read)
    {
        OfficialSplit = (index, _, seed) => OfficialSplit(index, seed),
        Citation = "Irvin J, Rajpurkar P, Ko M, et al. CheXpert. AAAI 2019. arXiv:1901.07031.",
        Home = "https://stanfordmlgroup.github.io/competitions/chexpert/",
        Terms = "Stanford research use agreement; registration; no redistribution",
        Size = "439 GB, or 11 GB as CheXpert-v1.0-small",
    };

    /// <summary>Reads both tables, or one that is named.</summary>
    /// <param name="root">Folder of the tables, such as <c>CheXpert-v1.0-small</c>, or its parent.</param>
    /// <param name="images">Whether a row needs its image.</param>
    /// <param name="table">One table instead, absolute or relative to <paramref name="root"/> or the tables' folder; plain or gzipped.</param>
    /// <exception cref="DataFormatException">Tables or images aren't as published; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        TableFile.RequireFolder(root, "train.csv");
        string home = Home(root);
        string[] files = table is null
            ? [.. new[] { TableFile.Find(home, "train.csv"), TableFile.Find(home, "valid.csv") }.OfType<string>()]
            : [new[] { root, home }.Select(folder => Path.Combine(folder, table)).FirstOrDefault(File.Exists) ?? Path.Combine(home, table)];
        if (files.Length == 0) files = [TableFile.Require(home, "train.csv", "valid.csv")];
        var rows = new CheXpertRows(home, images);
        foreach (string file in files) rows.Read(file);
        return rows.ToIndex();
    }

    /// <summary>
    /// The published split: <c>valid</c>, the 200 studies that three radiologists labelled, as test part; of <c>train</c>, a seeded
    /// share of patients becomes the validation part. The published test studies aren't in the download.
    /// </summary>
    public static PatientSplit OfficialSplit(CxrIndex index, int seed = 0, double validation = 0.1)
    {
        PatientSplit inner = index.Where(record => record.PublishedPart == "train", "published train part").SplitByPatient(seed, validation, test: 0);
        return new PatientSplit("official", inner.Train, inner.Validation, index.Where(record => record.PublishedPart != "train", "published valid part"));
    }

    // The paths in the tables begin with the folder's name, so people name its parent as often as the folder itself.
    private static string Home(string root)
    {
        if (TableFile.Find(root, "train.csv", "valid.csv") is not null) return root;
        string[] inner = [.. Directory.EnumerateDirectories(root, "CheXpert-v1.0*").Where(folder => TableFile.Find(folder, "train.csv", "valid.csv") is not null).Order(StringComparer.Ordinal)];
        if (inner.Length > 1) throw new DataFormatException(root, null, $"it holds {string.Join(" and ", inner.Select(Path.GetFileName))}; name the one to read.");
        return inner.Length == 1 ? inner[0] : root;
    }
}
