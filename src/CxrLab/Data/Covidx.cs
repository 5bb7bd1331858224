using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>
/// COVIDx: X-rays put together from several sources (Wang, Lin, Wong, Sci Rep 2020;10:19549). The labels depend on the version:
/// up to 5 and A <c>normal|pneumonia|COVID-19</c>, from 6 on and B <c>negative|positive</c>, Sev <c>level1|level2</c>. Source and
/// class nearly coincide (<see cref="CxrRecord.Origin"/>), so test what a model learns from the source alone.
/// </summary>
public static class Covidx
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "covidx";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "COVIDx: normal, pneumonia and COVID-19 X-rays from several sources, with published lists", Read)
    {
        OfficialSplit = (index, _, seed) => OfficialSplit(index, seed),
        Citation = "Wang L, Lin ZQ, Wong A. COVID-Net. Sci Rep 2020;10:19549.",
        Home = "https://github.com/lindawangg/COVID-Net",
        Terms = "lists under AGPL-3.0; each source of images has its own terms",
        Size = "up to 30,530 images, by version",
    };

    /// <summary>Reads the lists of one version under <paramref name="root"/>.</summary>
    /// <param name="root">Folder of <c>labels/</c> or of the lists; images lie in <c>train/</c> and <c>test/</c>.</param>
    /// <param name="images">Whether a line needs its image.</param>
    /// <param name="table">A version such as <c>COVIDx8B</c>, or one list; needed where the folder holds several versions.</param>
    /// <exception cref="DataFormatException">Lists or images aren't as published; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        DataFolder.Open(root, "labels/train_COVIDx8B.txt or another version's lists");
        var lists = new CovidxLists(DataFolder.Files(new[] { "train", "test", "val" }.Select(part => Path.Combine(root, part)), ".png", ".jpg", ".jpeg"), images);
        foreach (string file in CovidxFiles.Choose(root, "COVIDx", table)) lists.Add(file);
        DataFolder.RequireSome(lists.Records, root, "train/ and test/");
        return new CxrIndex(Name, lists.Labels, lists.Records, lists.Notes);
    }

    /// <summary>The published test list; a seeded share of the other patients becomes the validation part.</summary>
    /// <exception cref="DataFormatException">The index holds no image of a test list.</exception>
    public static PatientSplit OfficialSplit(CxrIndex index, int seed = 0, double validation = 0.1)
    {
        CxrIndex test = index.Where(record => record.PublishedPart == "test", "official test list");
        if (test.Count == 0) throw new DataFormatException(index.Name, null, Invariant($"none of its {index.Count:N0} images stands in a test list; read a whole version, not one list."));
        PatientSplit inner = index.Where(record => record.PublishedPart != "test", "official train list").SplitByPatient(seed, validation, test: 0);
        return new PatientSplit("official", inner.Train, inner.Validation, test);
    }
}
