using System.Globalization;

namespace CxrLab.Data;

/// <summary>The rows of an NIH table, in either of its published forms.</summary>
internal sealed class NihRows(IReadOnlyDictionary<string, string> paths, NihBoxes boxes, ImageRule images)
{
    private readonly RecordList list = new(images);
    private readonly Dictionary<string, IReadOnlyList<LabelState>> labelsOf = new(StringComparer.Ordinal);
    private int impossibleAges;

    internal void Read(string file)
    {
        using CsvTable table = CsvTable.Open(file);
        // The header's last names hold commas in brackets and fall apart; the columns needed stand before them.
        int image = table.Column("Image Index"), findings = table.Column("Finding Labels"), followUp = table.Column("Follow-up #"),
            patient = table.Column("Patient ID"), age = table.Column("Patient Age"), sex = table.Column("Patient Gender", "Patient Sex"),
            view = table.Column("View Position");
        list.Begin(table);
        while (table.Read())
        {
            string name = table.Text(image);
            string? path = paths.GetValueOrDefault(name);
            if (!list.Wants(table, name, path)) continue;
            if (table.Text(patient).Length == 0) throw table.Error("the patient is blank; without it a split can't keep patients apart.");
            double? years = NihChestXray14.Age(table.Text(age), out bool impossible);
            if (impossible) impossibleAges++;
            IReadOnlyList<FindingBox> drawn = boxes.On(name);
            list.Add(table, new CxrRecord
            {
                ImageId = name,
                PatientId = table.Text(patient),
                ImagePath = path,
                Labels = Labels(table, table.Text(findings)),
                FollowUp = int.TryParse(table.Text(followUp), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null,
                Age = years,
                Sex = table.Text(sex) switch { "F" => Sex.Female, "M" => Sex.Male, _ => Sex.Unknown },
                View = table.Text(view) switch { "PA" => View.PA, "AP" => View.AP, "" => View.Unknown, _ => View.Other },
                Boxes = drawn,
                BoxSpace = drawn.Count > 0 ? (NihChestXray14.BoxSide, NihChestXray14.BoxSide) : default,
                Source = NihChestXray14.Name,
            });
        }
    }

    internal CxrIndex ToIndex(string root) => list.ToIndex(NihChestXray14.Name, LabelSet.Nih14, root, Notes().Concat(boxes.Notes(list.Records)));

    private IEnumerable<string> Notes()
    {
        if (impossibleAges > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{impossibleAges:N0} ages are above 120 years or unreadable and count as unknown");
    }

    private IReadOnlyList<LabelState> Labels(CsvTable table, string text)
    {
        // Few hundred distinct combinations stand in 112,120 rows: one vector serves all rows that share it.
        if (labelsOf.TryGetValue(text, out IReadOnlyList<LabelState>? known)) return known;
        var states = new LabelState[LabelSet.Nih14.Count];
        Array.Fill(states, LabelState.Negative);
        if (text != Finding.NoFinding)
        {
            foreach (string name in text.Split('|'))
            {
                if (!LabelSet.Nih14.TryIndexOf(name, out int column))
                    throw table.Error($"'{name}' is no finding of NIH ChestX-ray14; expected '{Finding.NoFinding}' or names joined by '|' out of: {LabelSet.Nih14}.");
                states[column] = LabelState.Positive;
            }
        }

        return labelsOf[text] = states;
    }
}
