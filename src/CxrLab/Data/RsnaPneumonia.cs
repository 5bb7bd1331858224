using System.Globalization;

namespace CxrLab.Data;

/// <summary>
/// RSNA pneumonia detection challenge 2018: NIH images anew labelled by radiologists, with boxes round lung opacities suspicious for
/// pneumonia (Shih et al., Radiology: AI 1:e180041, 2019). <c>patientId</c> names an image: several of them may be of one person, so a
/// split by it isn't free of leaks. Where the NIH name of each image is known, <see cref="DrawOn"/> puts the boxes on NIH records.
/// </summary>
public static class RsnaPneumonia
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "rsna";

    /// <summary>Boxes are measured in images of 1024 × 1024 pixels.</summary>
    public const int BoxSide = 1024;

    private static readonly string[] Tables = ["stage_2_train_labels.csv", "stage_1_train_labels.csv"];
    private static readonly string[] Classes = ["stage_2_detailed_class_info.csv", "stage_1_detailed_class_info.csv"];

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "RSNA pneumonia challenge: NIH images labelled by radiologists in three classes, boxes round lung opacities", Read)
    {
        Citation = "Shih G, Wu CC, Halabi SS, et al. Radiology: Artificial Intelligence 2019;1(1):e180041.",
        Home = "https://www.kaggle.com/c/rsna-pneumonia-detection-challenge",
        Terms = "the challenge's rules; images as NIH ChestX-ray14",
        Size = "see the challenge's page",
    };

    /// <summary>Reads the label table, and the class table where it is there.</summary>
    /// <param name="root">Folder of the tables; images lie in <c>stage_2_train_images/</c> as <c>.dcm</c>, <c>.png</c> or <c>.jpg</c>.</param>
    /// <param name="images">Whether a row needs its image.</param>
    /// <param name="table">Another label table, absolute or relative to <paramref name="root"/>; plain or gzipped.</param>
    /// <exception cref="DataFormatException">Tables or images aren't as published; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        TableFile.RequireFolder(root, Tables[0]);
        string file = table is null ? TableFile.Require(root, Tables) : Path.Combine(root, table);
        var rows = new RsnaRows(file, "patientId");
        string? classes = TableFile.Find(root, Classes);
        if (classes is not null) rows.ReadClasses(classes);
        return rows.ToIndex(root, images);
    }

    /// <summary>
    /// NIH records with the boxes of a table that names NIH images: <c>image,…,rsna_class,…,Target,x,y,width,height</c>. Each becomes a
    /// Pneumonia box of reader RSNA beside the record's own.
    /// </summary>
    /// <param name="nih">Read from NIH ChestX-ray14.</param>
    /// <param name="file">The table.</param>
    /// <exception cref="DataFormatException">The table isn't as described; names file and line.</exception>
    public static CxrIndex DrawOn(CxrIndex nih, string file)
    {
        var rows = new RsnaRows(file, "image");
        int known = 0, drawn = 0;
        CxrRecord Draw(CxrRecord record)
        {
            if (!rows.Cases.TryGetValue(record.ImageId, out RsnaCase? found)) return record;
            known++;
            drawn += found.Boxes.Count;
            FindingBox[] boxes = [.. record.Boxes, .. found.Boxes.Select(box => new FindingBox(Finding.Pneumonia, box, "RSNA"))];
            return boxes.Length == 0 ? record : record with { Boxes = boxes, BoxSpace = (BoxSide, BoxSide) };
        }

        CxrRecord[] records = [.. nih.Records.Select(Draw)];
        string note = string.Create(CultureInfo.InvariantCulture, $"table {Path.GetFileName(file)}: {known:N0} of {rows.Cases.Count:N0} images are here, {drawn:N0} boxes drawn on them as {Finding.Pneumonia}");
        return new CxrIndex(nih.Name, nih.Labels, records, nih.Notes.Add(note));
    }
}
