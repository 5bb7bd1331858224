namespace CxrLab.Data;

/// <summary>
/// Shenzhen hospital tuberculosis set: 662 X-rays, 326 normal and 336 with tuberculosis (Jaeger et al., QIMS 2014;4(6):475). The
/// original release has no masks; <see cref="LungSegmentation"/> has later ones for most images.
/// </summary>
public static class Shenzhen
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "shenzhen";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "Shenzhen: 662 X-rays, normal or tuberculosis", Read)
    {
        Citation = "Jaeger S, et al. Quant Imaging Med Surg 2014;4(6):475.",
        Home = "https://lhncbc.nlm.nih.gov/",
        Terms = "see the data set's own notice; cite the paper",
        Size = "662 PNG files of about 3000 x 3000",
    };

    /// <param name="root"><c>ChinaSet_AllFiles</c> or the folder above it.</param>
    /// <param name="images">Whether a clinical reading needs its image.</param>
    /// <param name="table">Must be null: there is no table.</param>
    /// <exception cref="DataFormatException">The folder isn't as published.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        var folder = new TuberculosisFolder(DataFolder.Open(root, "CXR_png and ClinicalReadings", "ChinaSet_AllFiles"), table);
        List<CxrRecord> records = folder.Records(Name, images, _ => []);
        return new CxrIndex(Name, TuberculosisFolder.Labels, records, folder.Notes(records));
    }
}
