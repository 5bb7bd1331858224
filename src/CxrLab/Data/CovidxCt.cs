using System.Globalization;
using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>
/// COVIDx-CT: CT slices of 512 × 512 with the box of the body (Gunraj et al.), one line <c>filename class xmin ymin xmax ymax</c> per
/// slice; class 0 normal, 1 pneumonia, 2 COVID-19. Patient, scan and slice are read from the name, see <see cref="SliceName"/>;
/// slices of one patient are near copies, so split by patient only.
/// </summary>
public static class CovidxCt
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "covidx-ct";

    /// <summary>What the boxes surround; it is a region, not a finding.</summary>
    public const string Body = "Body";

    private const int Side = 512;

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "COVIDx-CT: CT slices, normal, pneumonia or COVID-19", Read)
    {
        OfficialSplit = (index, _, seed) => Covidx.OfficialSplit(index, seed),
        Citation = "Gunraj H, et al. COVIDNet-CT-2 (COVIDx-CT).",
        Home = "https://github.com/haydengunraj/COVIDNet-CT",
        Terms = "see the project's page; each source of scans has its own terms",
        Size = "201,103 slices in version 2B",
    };

    /// <param name="root">Folder of the lists; images in <c>images/</c>, <c>*_images/</c> or the root.</param>
    /// <param name="images">Whether a line needs its image.</param>
    /// <param name="table">A version such as <c>COVIDx_CT-2B</c>, or one list.</param>
    /// <exception cref="DataFormatException">Lists or images aren't as published; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        DataFolder.Open(root, "train_COVIDx_CT-2B.txt or another version's lists");
        Dictionary<string, string> paths = DataFolder.Files([Path.Combine(root, "images"), .. Directory.EnumerateDirectories(root, "*_images").Order(StringComparer.Ordinal), root], ".png");
        var vectors = new LabelVectors(2);
        IReadOnlyList<LabelState>[] labels = [vectors.Positive(), vectors.Positive(0), vectors.Positive(1)];
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var records = new List<CxrRecord>();
        List<string> notes = [];
        int without = 0, repeated = 0, moved = 0;
        foreach (string file in CovidxFiles.Choose(root, "COVIDx", table))
        {
            int lines = 0;
            string part = CovidxFiles.Part(file);
            foreach ((int line, string text) in TextLines.Read(file))
            {
                lines++;
                (string name, int type, Box box) = Parse(file, line, text);
                if (!seen.TryAdd(name, part))
                {
                    repeated++;
                    if (seen[name] != part) moved++;
                    continue;
                }

                string? path = paths.GetValueOrDefault(name);
                if (path is null) without++;
                if (path is null && images == ImageRule.Required) continue;
                SliceName slice = SliceName.Parse(name) ?? throw new DataFormatException(file, line, $"'{name}' has no slice number at its end, so it can't be put into a scan.");
                records.Add(new CxrRecord
                {
                    ImageId = name,
                    PatientId = Share(texts, slice.Patient),
                    ImagePath = path,
                    Labels = labels[type],
                    Boxes = [new FindingBox(Body, box)],
                    BoxSpace = (Side, Side),
                    Slice = (Share(texts, slice.Scan), slice.Number),
                    PublishedPart = part,
                    Source = Name,
                });
            }

            notes.Add(Invariant($"list {Path.GetFileName(file)}: {lines:N0} slices"));
        }

        DataFolder.RequireSome(records, root, "images/ or *_images/");
        notes.Add(Invariant($"{records.Select(record => record.Slice!.Value.Scan).Distinct().Count():N0} scans; patient and scan are taken from the file name"));
        if (repeated > 0) notes.Add(Invariant($"{repeated:N0} lines repeat a slice and are left out; {moved:N0} of them stand in another part than before"));
        if (without > 0) notes.Add(Invariant($"{without:N0} slices have no image here"));
        return new CxrIndex(Name, new LabelSet(CovidLabels.OtherPneumonia, CovidLabels.Covid), records, notes);
    }

    private static (string Name, int Type, Box Box) Parse(string file, int line, string text)
    {
        string[] fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length < 6) throw new DataFormatException(file, line, $"the line has {fields.Length} fields; expected 'filename class xmin ymin xmax ymax'.");
        int Number(int fromEnd) => int.TryParse(fields[^fromEnd], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new DataFormatException(file, line, $"'{fields[^fromEnd]}' is no whole number; expected 'filename class xmin ymin xmax ymax'.");
        int type = Number(5), x = Number(4), y = Number(3), right = Number(2), bottom = Number(1);
        if (type is < 0 or > 2) throw new DataFormatException(file, line, $"class {type} is unknown; expected 0 (normal), 1 (pneumonia) or 2 (COVID-19).");
        if (right <= x || bottom <= y) throw new DataFormatException(file, line, "xmax and ymax must be greater than xmin and ymin.");
        return (string.Join(' ', fields[..^5]), type, new Box(x, y, right - x, bottom - y));
    }

    private static string Share(Dictionary<string, string> texts, string text) => texts.TryGetValue(text, out string? known) ? known : texts[text] = text;
}
