using System.Globalization;

namespace CxrLab.Data;

/// <summary>
/// NIH ChestX-ray14: 112,120 frontal X-rays of 30,805 patients with 14 findings mined from reports (Wang et al., CVPR 2017,
/// arXiv 1705.02315). Reads both published tables, with and without their images. A finding that the report didn't yield counts
/// as negative here, because the table knows no other state.
/// </summary>
public static class NihChestXray14
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "nih";

    /// <summary>Boxes are drawn on images of 1024 × 1024 pixels, whatever the size of the files at hand.</summary>
    public const int BoxSide = 1024;

    private const int OldestPossible = 120; // the 2017 table holds ages up to 414

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "NIH ChestX-ray14: 112,120 frontal X-rays, 14 findings mined from reports, 984 boxes", Read)
    {
        OfficialSplit = (index, root, seed) => OfficialSplit(index, root, seed),
        Citation = "Wang X, Peng Y, Lu L, Lu Z, Bagheri M, Summers RM. ChestX-ray8. CVPR 2017, 3462-3471.",
        Home = "https://nihcc.app.box.com/v/ChestXray-NIHCC",
        Terms = "no restriction on use; cite the paper and acknowledge the NIH Clinical Center",
        Size = "42 GB",
    };

    private static readonly string[] Tables = ["Data_Entry_2017_v2020.csv", "Data_Entry_2017.csv"];

    /// <summary>Reads the table under <paramref name="root"/>, its images and boxes.</summary>
    /// <param name="root">Folder of the table; images lie in <c>images/</c> or <c>images_001/images/</c> and so on.</param>
    /// <param name="images">Whether a row needs its image.</param>
    /// <param name="table">Another table, absolute or relative to <paramref name="root"/>; plain or gzipped.</param>
    /// <exception cref="DataFormatException">Table, images or boxes aren't as published; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        TableFile.RequireFolder(root, Tables[0]);
        string file = table is null ? FindTable(root) : Path.Combine(root, table);
        IReadOnlyDictionary<string, string> paths = NihImages.Find(root);
        if (images == ImageRule.Required && paths.Count == 0)
            throw new DataFormatException(root, null, "there is no image in images/ or images_001/images/ …; unpack the archives there, or read the table alone.");
        var rows = new NihRows(paths, NihBoxes.Read(root), images);
        rows.Read(file);
        return rows.ToIndex(root);
    }

    /// <summary>
    /// The published split: <c>test_list.txt</c> as test part, <c>train_val_list.txt</c> as the rest, of which a seeded share of
    /// patients becomes the validation part. The published lists share no patient.
    /// </summary>
    public static PatientSplit OfficialSplit(CxrIndex index, string root, int seed = 0, double validation = 0.1)
    {
        CxrIndex test = index.Only(ReadList(Path.Combine(root, "test_list.txt")), "official test list");
        CxrIndex rest = index.Only(ReadList(Path.Combine(root, "train_val_list.txt")), "official train_val list");
        PatientSplit inner = rest.SplitByPatient(seed, validation, test: 0);
        return new PatientSplit("official", inner.Train, inner.Validation, test);
    }

    internal static double? Age(string text, out bool impossible)
    {
        // 2020: "58"; 2017: "058Y", with M for months and D for days.
        impossible = false;
        if (text.Length == 0) return null;
        double perYear = text[^1] switch { 'Y' or 'y' => 1, 'M' or 'm' => 12, 'D' or 'd' => 365.25, _ => 0 };
        ReadOnlySpan<char> digits = perYear == 0 ? text : text.AsSpan(0, text.Length - 1);
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)) { impossible = true; return null; }
        double years = perYear == 0 ? number : number / perYear;
        impossible = years > OldestPossible;
        return impossible ? null : years;
    }

    private static HashSet<string> ReadList(string file)
    {
        if (!File.Exists(file)) throw new DataFormatException(file, null, "the official split needs this list; fetch it from the data set's site, or use --split patient:SEED.");
        HashSet<string> names = File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0).ToHashSet(StringComparer.Ordinal);
        return names.Count > 0 ? names : throw new DataFormatException(file, 1, "the list is empty; expected one image name on each line.");
    }

    private static string FindTable(string root)
    {
        string? known = TableFile.Find(root, Tables);
        if (known is not null) return known;
        string[] others = [.. Directory.EnumerateFiles(root, "Data_Entry*.csv*").Order(StringComparer.Ordinal)];
        return others.Length == 1
            ? others[0]
            : throw new DataFormatException(root, null, $"expected {string.Join(" or ", Tables)} (or .gz) here, found {(others.Length == 0 ? "no Data_Entry table" : string.Join(", ", others.Select(Path.GetFileName)) + "; choose one with --table")}.");
    }
}

/// <summary>Whether a row of a table needs its image file.</summary>
public enum ImageRule
{
    /// <summary>Rows without an image are left out and counted.</summary>
    Required,

    /// <summary>All rows are kept; a record without an image has no path.</summary>
    Optional,
}
