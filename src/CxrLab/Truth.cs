using System.Globalization;

namespace CxrLab;

/// <summary>Known labels of images, as <c>TRUTH.csv</c> holds them: <c>image,patient</c>, findings with 1, 0, -1 or blank, and optionally view, age and sex.</summary>
public sealed class Truth
{
    private static readonly string[] Described = ["image", "patient", "view", "age", "sex"];

    private Truth(LabelSet labels, IReadOnlyList<TruthRow> rows, bool hasDemographics) => (Labels, Rows, HasDemographics) = (labels, rows, hasDemographics);

    /// <summary>The findings.</summary>
    public LabelSet Labels { get; }

    /// <summary>One row per image.</summary>
    public IReadOnlyList<TruthRow> Rows { get; }

    /// <summary>Whether the table has a view, age or sex column.</summary>
    public bool HasDemographics { get; }

    /// <exception cref="DataFormatException">A column is missing or a label is none of 1, 0, -1 and blank; names file, line and column.</exception>
    public static Truth Load(string path)
    {
        using CsvTable table = CsvTable.Open(path);
        int image = table.Column("image"), patient = table.Column("patient");
        int Optional(string name) => table.Header.Contains(name) ? table.Column(name) : -1;
        int view = Optional("view"), age = Optional("age"), sex = Optional("sex");
        string[] names = [.. table.Header.Where(name => name.Length > 0 && !Described.Contains(name))];
        if (names.Length == 0) throw new DataFormatException(path, 1, "there is no column with a finding beside image and patient.");
        LabelSet labels = table.Findings(names);
        int[] columns = [.. names.Select(name => table.Column(name))];
        var rows = new List<TruthRow>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (table.Read())
        {
            if (!seen.Add(table.Text(image))) throw table.Error($"{table.Text(image)} stands here a second time.");
            rows.Add(new TruthRow(table.Text(image), table.Text(patient), [.. columns.Select((column, k) => State(table, column, names[k]))],
                view < 0 ? View.Unknown : Enum.TryParse(table.Text(view), ignoreCase: true, out View known) ? known : View.Unknown,
                age >= 0 && double.TryParse(table.Text(age), NumberStyles.Float, CultureInfo.InvariantCulture, out double years) ? years : null,
                sex < 0 ? Sex.Unknown : table.Text(sex) switch { "F" or "Female" or "female" => Sex.Female, "M" or "Male" or "male" => Sex.Male, _ => Sex.Unknown }));
        }

        return new Truth(labels, rows, view >= 0 || age >= 0 || sex >= 0);
    }

    private static LabelState State(CsvTable table, int column, string name) => table.Text(column).Trim() switch
    {
        "1" or "1.0" => LabelState.Positive,
        "0" or "0.0" => LabelState.Negative,
        "-1" or "-1.0" => LabelState.Uncertain,
        "" => LabelState.Missing,
        string other => throw table.Error($"'{other}' in column '{name}' is no label; expected 1, 0, -1 or nothing."),
    };
}

/// <summary>One image of a <see cref="Truth"/> table.</summary>
/// <param name="Image">Its name.</param>
/// <param name="Patient">Its patient.</param>
/// <param name="States">Aligned with the table's findings.</param>
/// <param name="View">Projection.</param>
/// <param name="Age">Years, or null.</param>
/// <param name="Sex">Sex as recorded.</param>
public sealed record TruthRow(string Image, string Patient, IReadOnlyList<LabelState> States, View View, double? Age, Sex Sex);
