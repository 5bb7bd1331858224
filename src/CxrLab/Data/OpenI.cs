using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>
/// Open-I (Indiana University): 3,955 reports as XML with 7,470 image links (Demner-Fushman et al., JAMIA 2016). One record per image; the
/// report is the patient and the study. Labels are NIH's 14 findings from the MeSH coding: coded by a person Positive, found by a
/// program only Uncertain, else Negative; Missing where nobody coded the report.
/// </summary>
public static class OpenI
{
    /// <summary>Name of the data set in records and on the command line.</summary>
    public const string Name = "openi";

    /// <summary>The catalogue's entry.</summary>
    public static DataSet Entry { get; } = new(Name, "Open-I: 3,955 radiology reports in XML with 7,470 X-rays", Read)
    {
        Citation = "Demner-Fushman D, et al. J Am Med Inform Assoc 2016;23(2):304-310.",
        Home = "https://openi.nlm.nih.gov/",
        Terms = "CC BY-NC-ND 4.0, as each report says",
        Size = "3,955 reports, 7,470 PNG files",
    };

    /// <summary>All reports, in the order of their file names.</summary>
    /// <param name="root">Folder of <c>ecgen-radiology/</c>, or that folder itself.</param>
    /// <exception cref="DataFormatException">There is no report, or one can't be read; names file and line.</exception>
    public static IEnumerable<OpenIReport> Reports(string root)
    {
        string folder = DataFolder.Open(root, "ecgen-radiology/*.xml", "ecgen-radiology");
        string[] files = [.. Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal)];
        if (files.Length == 0) throw new DataFormatException(folder, null, "there is no XML report here; unpack NLMCXR_reports.tgz and name the folder of ecgen-radiology.");
        return files.Select(OpenIReport.Read);
    }

    /// <summary>Reads reports and images under <paramref name="root"/>.</summary>
    /// <param name="root">As for <see cref="Reports"/>; images in <c>NLMCXR_png/</c>, <c>NLMCXR_dcm/</c>, <c>images/</c> or the root.</param>
    /// <param name="images">Whether a link needs its image.</param>
    /// <param name="table">Must be null: there is no table.</param>
    /// <exception cref="DataFormatException">A report isn't as published; names file and line.</exception>
    public static CxrIndex Read(string root, ImageRule images = ImageRule.Required, string? table = null)
    {
        if (table is not null) throw new DataFormatException(root, null, $"this data set has no table, so '{table}' can't be chosen; it is a folder of reports.");
        IEnumerable<OpenIReport> reports = Reports(root);
        Dictionary<string, string> paths = DataFolder.Files(new[] { "NLMCXR_png", "images", "NLMCXR_dcm", "" }.Select(folder => Path.Combine(root, folder)), ".png", ".dcm")
            .GroupBy(pair => Path.GetFileNameWithoutExtension(pair.Key)).ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
        var vectors = new LabelVectors(LabelSet.Nih14.Count);
        var records = new List<CxrRecord>();
        var links = new HashSet<string>(StringComparer.Ordinal);
        int linkCount = 0;
        var histogram = new SortedDictionary<int, int>();
        int without = 0, noFindings = 0, noImpression = 0, imageless = 0, repeated = 0;
        foreach (OpenIReport report in reports)
        {
            histogram[report.Images.Count] = histogram.GetValueOrDefault(report.Images.Count) + 1;
            if (report.Images.Count == 0) imageless++;
            if (report.Section("FINDINGS") is null) noFindings++;
            if (report.Section("IMPRESSION") is null) noImpression++;
            IReadOnlyList<LabelState> labels = vectors.Shared(OpenILabels.Of(report));
            foreach (string image in report.Images)
            {
                linkCount++;
                if (!links.Add(image))
                {
                    repeated++;
                    continue;
                }

                string? path = paths.GetValueOrDefault(image);
                if (path is null) without++;
                if (path is null && images == ImageRule.Required) continue;
                records.Add(new CxrRecord
                {
                    ImageId = image,
                    PatientId = report.Id,
                    StudyId = report.Id,
                    ImagePath = path,
                    Labels = labels,
                    ReportPath = report.Path,
                    Source = Name,
                });
            }
        }

        if (images == ImageRule.Required) DataFolder.RequireSome(records, root, "NLMCXR_png/");
        List<string> notes =
        [
            Invariant($"{histogram.Values.Sum():N0} reports, {linkCount:N0} image links"),
            "reports by number of images: " + string.Join(", ", histogram.Select(pair => Invariant($"{pair.Key}: {pair.Value:N0}"))),
            Invariant($"{noFindings:N0} reports have no findings section, {noImpression:N0} no impression; those without image make no record"),
            "no patient is named: each report counts as its own patient",
        ];
        if (repeated > 0) notes.Add(Invariant($"{repeated:N0} links name an image that an earlier report has; they are left out"));
        if (without > 0) notes.Add(Invariant($"{without:N0} links have no image here"));
        return new CxrIndex(Name, LabelSet.Nih14, records, notes) { ReportsWithoutImage = imageless };
    }
}
