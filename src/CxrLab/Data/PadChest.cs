namespace CxrLab.Data;

/// <summary>
/// PadChest: 160,868 X-rays of 67,625 patients with Spanish reports, 27 % labelled by physicians and the rest by a network (Bustos et
/// al., MedIA 66:101797, 2020, arXiv 1901.07441). Its texts are matched whole, never in part: "consolidation" isn't an infiltrate, and
/// "tuberculosis sequelae" isn't tuberculosis. See <see cref="LabelSet.PadChest"/> for those that become columns.
/// </summary>
public static class PadChest
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "padchest";

    private const string Table = "PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "PadChest: 160,868 X-rays of 67,625 patients with Spanish reports, 16-bit, labelled by physicians or a network", Read)
    {
        Citation = "Bustos A, Pertusa A, Salinas JM, de la Iglesia-Vayá M. PadChest. Med Image Anal 2020;66:101797.",
        Home = "https://bimcv.cipf.es/bimcv-projects/padchest/",
        Terms = "BIMCV research use agreement",
        Size = "1.02 TB",
    };

    /// <summary>
    /// Reads the table. An image that is missing, empty or cut off (some twenty of the published files are) counts as not there.
    /// </summary>
    /// <param name="root">Folder of the table; images lie in <c>0/</c> to <c>54/</c>, in <c>images/</c>, or beside the table.</param>
    /// <param name="images">Whether a row needs its image.</param>
    /// <param name="table">Another table, absolute or relative to <paramref name="root"/>; plain or gzipped.</param>
    /// <exception cref="DataFormatException">The table isn't as published; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        TableFile.RequireFolder(root, Table);
        string file = table is null ? TableFile.Find(root, Table) ?? OtherTable(root) : Path.Combine(root, table);
        var rows = new PadChestRows(root, images);
        rows.Read(file);
        return rows.ToIndex();
    }

    // The name carries a date; a later release has another.
    private static string OtherTable(string root)
    {
        string[] others = [.. Directory.EnumerateFiles(root, "PADCHEST_*.csv*").Order(StringComparer.Ordinal)];
        return others.Length == 1 ? others[0] : TableFile.Require(root, Table);
    }
}
