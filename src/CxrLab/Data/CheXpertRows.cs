using System.Globalization;

namespace CxrLab.Data;

/// <summary>The rows of CheXpert's tables. Patient, study and published part stand in the image's path.</summary>
internal sealed class CheXpertRows
{
    private const int OldestPossible = 120;

    private readonly string home;
    private readonly StringPool pool = new();
    private readonly LabelVectors vectors = new();
    private readonly RecordList list;
    private readonly Dictionary<string, string> paths = new(StringComparer.Ordinal);
    private string patient = "", study = "";
    private readonly SortedDictionary<string, int> oddFrontal = new(StringComparer.Ordinal);
    private int oddAges, unknownSex;

    internal CheXpertRows(string home, ImageRule images)
    {
        (this.home, list) = (home, new RecordList(images));
        foreach (string part in new[] { "train", "valid", "test" })
        {
            foreach (string path in FolderListing.Files(Path.Combine(home, part), deep: true))
                if (path.EndsWith(".jpg", StringComparison.OrdinalIgnoreCase)) paths[path[home.Length..].TrimStart('/', '\\').Replace('\\', '/')] = path;
        }
    }

    internal void Read(string file)
    {
        using CsvTable table = CsvTable.Open(file, pool);
        int path = table.Column("Path"), sex = table.Column("Sex"), age = table.Column("Age"), side = table.Column("Frontal/Lateral"), projection = table.Column("AP/PA");
        var labels = new ReportLabelColumns(table, LabelSet.CheXpert14, vectors);
        list.Begin(table);
        while (table.Read())
        {
            (string image, string part) = Place(table, path);
            string? found = paths.GetValueOrDefault(image);
            if (!list.Wants(table, image, found)) continue;
            list.Add(table, new CxrRecord
            {
                ImageId = image,
                PatientId = patient,
                StudyId = study,
                ImagePath = found,
                Labels = labels.Read(),
                View = ViewOf(table, table.Text(side), table.Text(projection)),
                Age = AgeOf(table, table.Text(age)),
                Sex = SexOf(table, table.Text(sex)),
                PublishedPart = part,
                Source = CheXpert.Name,
            });
        }
    }

    internal CxrIndex ToIndex() => list.ToIndex(CheXpert.Name, LabelSet.CheXpert14, home, Notes());

    // CheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg; small and full set share all but the first name.
    private (string Image, string Part) Place(CsvTable table, int column)
    {
        ReadOnlySpan<char> path = table.Span(column);
        Span<Range> names = stackalloc Range[6];
        if (path.Split(names, '/') != 5 || !path[names[2]].StartsWith("patient") || !path[names[3]].StartsWith("study") || path[names[1]].IsEmpty || path[names[4]].IsEmpty)
            throw table.Error($"the path is '{path}'; expected CheXpert-v1.0/train/patient00001/study1/view1_frontal.jpg.");
        // Images of a study and of a patient follow each other: they share the strings of the row before.
        ReadOnlySpan<char> study = path[names[2].Start.Value..names[3].End.Value], patient = path[names[2]];
        if (!study.SequenceEqual(this.study)) this.study = study.ToString();
        if (!patient.SequenceEqual(this.patient)) this.patient = patient.ToString();
        return (path[names[1].Start.Value..].ToString(), table.Shared(path[names[1]]));
    }

    private View ViewOf(CsvTable table, string side, string projection)
    {
        switch (side, projection)
        {
            case ("Frontal", "AP"): return View.AP;
            case ("Frontal", "PA"): return View.PA;
            case ("Lateral", _): return View.Lateral;
            case ("Frontal", ""): return View.Unknown;
            // "Frontal" beside LL or RL, 17 times in the train table, contradicts itself; it is neither AP nor PA nor surely lateral.
            case ("Frontal", _):
                oddFrontal[projection] = oddFrontal.GetValueOrDefault(projection) + 1;
                return View.Other;
            default: throw table.Error($"'Frontal/Lateral' is '{side}'; expected Frontal or Lateral.");
        }
    }

    private double? AgeOf(CsvTable table, string text)
    {
        if (text.Length == 0) return null;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double years)) throw table.Error($"the age is '{text}'; expected a number of years.");
        if (years is > 0 and <= OldestPossible) return years;
        oddAges++;
        return null;
    }

    private Sex SexOf(CsvTable table, string text)
    {
        if (text is "Female" or "F") return Sex.Female;
        if (text is "Male" or "M") return Sex.Male;
        if (text is not ("Unknown" or "")) throw table.Error($"the sex is '{text}'; expected Female, Male or Unknown.");
        unknownSex++;
        return Sex.Unknown;
    }

    private IEnumerable<string> Notes()
    {
        foreach ((string projection, int count) in oddFrontal)
            yield return string.Create(CultureInfo.InvariantCulture, $"{count:N0} images are 'Frontal' with projection {projection}; their view counts as Other");
        if (oddAges > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{oddAges:N0} ages are 0 or above {OldestPossible} and count as unknown");
        if (unknownSex > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{unknownSex:N0} images have sex Unknown");
    }
}
