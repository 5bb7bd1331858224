using static System.FormattableString;

namespace CxrLab.Data;

/// <summary>Lines <c>patientid filename class [source]</c>, read from the right: a patient id of the source sirm holds a space.</summary>
internal sealed class CovidxLists(IReadOnlyDictionary<string, string> paths, ImageRule rule)
{
    // Classes of each family of versions, and the label that each class is positive for.
    private static readonly (LabelSet Labels, (string Class, int Column)[] Classes)[] Families =
    [
        (new(CovidLabels.OtherPneumonia, CovidLabels.Covid), [("normal", -1), ("pneumonia", 0), ("COVID-19", 1)]),
        (new(CovidLabels.Covid), [("negative", -1), ("positive", 0)]),
        (new(CovidLabels.Level2), [("level1", -1), ("level2", 0)]),
    ];

    private static readonly HashSet<string> AllClasses = [.. Families.SelectMany(family => family.Classes).Select(pair => pair.Class)];

    private readonly Dictionary<string, (string Class, string Part)> seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<LabelState>> vectorOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);
    private readonly List<string> notes = [];
    private int family = -1, lines, without, repeated, noSource, spaced, moved;

    internal LabelSet Labels => Families[family].Labels;

    internal List<CxrRecord> Records { get; } = [];

    internal IEnumerable<string> Notes
    {
        get
        {
            foreach (string note in notes) yield return note;
            if (noSource > 0) yield return Invariant($"{noSource:N0} lines name no source");
            if (spaced > 0) yield return Invariant($"{spaced:N0} patient ids hold a space");
            if (repeated > 0) yield return Invariant($"{repeated:N0} lines repeat an image and count once; {moved:N0} of them stand in another part than before, which leaks");
            if (without > 0) yield return Invariant($"{without:N0} of {lines:N0} lines have no image here");
        }
    }

    internal void Add(string file)
    {
        string part = CovidxFiles.Part(file);
        int count = 0;
        foreach ((int line, string text) in TextLines.Read(file))
        {
            count++;
            Add(file, line, text, part);
        }

        if (count == 0) throw new DataFormatException(file, 1, "the list is empty; is the download complete?");
        lines += count;
        notes.Add(Invariant($"list {Path.GetFileName(file)}: {count:N0} lines"));
    }

    private void Add(string file, int line, string text, string part)
    {
        string[] fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // 3 fields: no source. 4: with source. 5: a space in the patient id.
        int at = fields.Length >= 3 && AllClasses.Contains(fields[^1]) ? fields.Length - 1 : fields.Length - 2;
        if (at < 2 || !AllClasses.Contains(fields[at]))
            throw new DataFormatException(file, line, $"'{Short(text)}' isn't 'patient file class [source]' with a class of: {string.Join(", ", AllClasses)}.");
        string name = fields[at - 1], type = fields[at], patient = Share(string.Join(' ', fields[..(at - 1)]));
        if (family < 0) family = Array.FindIndex(Families, one => one.Classes.Any(pair => pair.Class == type));
        if (Families[family].Classes.All(pair => pair.Class != type))
            throw new DataFormatException(file, line, $"class '{type}' is of another version than the lines before; read one version at a time.");
        if (at == fields.Length - 1) noSource++;
        if (at > 2) spaced++;
        if (!seen.TryAdd(name, (type, part)))
        {
            if (seen[name].Class != type) throw new DataFormatException(file, line, $"{name} is '{type}' here, but was '{seen[name].Class}' before; remove the line that is wrong.");
            if (seen[name].Part != part) moved++;
            repeated++;
            return;
        }

        string? path = paths.GetValueOrDefault(name);
        if (path is null) without++;
        if (path is null && rule == ImageRule.Required) return;
        Records.Add(new CxrRecord
        {
            ImageId = name,
            PatientId = patient,
            ImagePath = path,
            Labels = Vector(type),
            PublishedPart = part,
            Origin = at == fields.Length - 1 ? null : Share(fields[^1]),
            Source = Covidx.Name,
        });
    }

    private IReadOnlyList<LabelState> Vector(string type)
    {
        if (vectorOf.TryGetValue(type, out IReadOnlyList<LabelState>? known)) return known;
        int column = Families[family].Classes.First(pair => pair.Class == type).Column;
        return vectorOf[type] = [.. Labels.Select((_, k) => k == column ? LabelState.Positive : LabelState.Negative)];
    }

    private string Share(string text) => texts.TryGetValue(text, out string? known) ? known : texts[text] = text;

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
