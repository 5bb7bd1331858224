namespace CxrLab.Data;

/// <summary>
/// The 8 findings of ChestX-ray8 on the images of ChestX-ray14. It isn't the data set of the paper (108,948 images): labels were mined
/// anew for ChestX-ray14, so Mass fell from 6,046 to 5,782 images and Nodule rose from 1,971 to 6,331. An image that is negative
/// throughout may show one of the six later findings.
/// </summary>
public static class NihChestXray8
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "nih8";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = NihChestXray14.Entry with
    {
        Name = Name,
        Title = "NIH ChestX-ray8: the 8 findings of the first paper on the images of ChestX-ray14",
        Read = Read,
    };

    /// <summary>Reads as <see cref="NihChestXray14.Read"/> does and keeps 8 findings.</summary>
    /// <param name="root">Folder of the table.</param>
    /// <param name="images">Whether a row needs its image.</param>
    /// <param name="table">Another table, absolute or relative to <paramref name="root"/>; plain or gzipped.</param>
    /// <exception cref="DataFormatException">Table, images or boxes aren't as published; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        CxrIndex index = NihChestXray14.Read(root, images, table).Relabel(LabelSet.Nih8);
        return new CxrIndex(Name, LabelSet.Nih8, index.Records.Select(record => record with { Source = Name }), index.Notes);
    }
}
