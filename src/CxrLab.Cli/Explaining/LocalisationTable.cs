using System.Globalization;

namespace CxrLab.Cli.Explaining;

/// <summary>A number with its 95 % interval over patients.</summary>
internal sealed record Measured(double Value, double Low, double High);

/// <summary>One row: who answered, on which finding, and how well.</summary>
internal sealed record LocalisationRow(string Finding, string Method, int Boxes, int Images, int Patients, IReadOnlyDictionary<string, Measured> Scores);

/// <summary>Localisation scores of several ways to answer, finding by finding, with patient-bootstrap intervals.</summary>
internal static class LocalisationTable
{
    private const int Resamples = 1000;

    // Accuracies count readers' boxes (Wang et al., CVPR 2017); pointing, energy and false boxes count images.
    private static readonly (string Name, Func<LocalisationCase, double> Sum, Func<LocalisationCase, int> Count)[] Columns =
    [
        ("meanIoU", one => one.IoUs.Sum(), one => one.IoUs.Count),
        ("iou>0.1", one => one.IoUs.Count(iou => iou > 0.1), one => one.IoUs.Count),
        ("iou>0.3", one => one.IoUs.Count(iou => iou > 0.3), one => one.IoUs.Count),
        ("iou>0.5", one => one.IoUs.Count(iou => iou > 0.5), one => one.IoUs.Count),
        ("iobb>0.5", one => one.IoBBs.Count(share => share > 0.5), one => one.IoUs.Count),
        ("pointing", one => one.Pointing ? 1 : 0, _ => 1),
        ("energy", one => one.Energy, _ => 1),
        ("evenHeat", one => one.EvenHeat, _ => 1),
        ("falseBoxes", one => one.FalseBoxes, _ => 1),
    ];

    internal static IReadOnlyList<LocalisationRow> Compute(IReadOnlyList<(string Method, IReadOnlyList<LocalisationCase> Cases)> answers, int seed) =>
        [.. answers.SelectMany(answer => answer.Cases.GroupBy(one => one.Finding).Select(group => Row(answer.Method, [.. group], seed))).OrderBy(row => row.Finding, StringComparer.Ordinal)];

    internal static IEnumerable<string> Csv(IEnumerable<LocalisationRow> rows)
    {
        yield return "finding,method,boxes,images,patients," + string.Join(',', Columns.Select(column => $"{column.Name},{column.Name} low,{column.Name} high"));
        foreach (LocalisationRow row in rows)
            yield return $"{row.Finding},{row.Method},{row.Boxes},{row.Images},{row.Patients}," + string.Join(',', Columns.Select(column =>
                string.Create(CultureInfo.InvariantCulture, $"{row.Scores[column.Name].Value:F4},{row.Scores[column.Name].Low:F4},{row.Scores[column.Name].High:F4}")));
    }

    internal static void Print(IEnumerable<LocalisationRow> rows)
    {
        Console.WriteLine($"{"finding",-14} {"method",-20} boxes  {string.Join(" ", Columns.Select(column => $"{column.Name,-18}"))}");
        foreach (LocalisationRow row in rows)
            Console.WriteLine($"{row.Finding,-14} {row.Method,-20} {row.Boxes,5}  " + string.Join(" ", Columns.Select(column =>
                string.Create(CultureInfo.InvariantCulture, $"{row.Scores[column.Name].Value:F2} [{row.Scores[column.Name].Low:F2}, {row.Scores[column.Name].High:F2}]").PadRight(18))));
    }

    private static LocalisationRow Row(string method, LocalisationCase[] cases, int seed)
    {
        LocalisationCase[][] patients = [.. cases.GroupBy(one => one.Patient).Select(group => group.ToArray())];
        Random random = Seed.Random(seed);
        LocalisationCase[][] drawn = [.. Enumerable.Range(0, Resamples).Select(_ => Enumerable.Range(0, patients.Length).SelectMany(_ => patients[random.Next(patients.Length)]).ToArray())];
        Dictionary<string, Measured> scores = Columns.ToDictionary(column => column.Name, column =>
        {
            double Mean(LocalisationCase[] some) => some.Sum(column.Sum) / some.Sum(column.Count);
            double[] spread = [.. drawn.Select(Mean).Order()];
            return new Measured(Mean(cases), spread[(int)(0.025 * (Resamples - 1))], spread[(int)Math.Ceiling(0.975 * (Resamples - 1))]);
        });
        return new(cases[0].Finding, method, cases.Sum(one => one.IoUs.Count), cases.Length, patients.Length, scores);
    }
}
