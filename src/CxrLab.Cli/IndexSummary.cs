using CxrLab.Data;

namespace CxrLab.Cli;

/// <summary>The JSON of <c>cxrlab data describe</c>.</summary>
internal static class IndexSummary
{
    /// <summary>The agreed JSON; its keys are a contract.</summary>
    internal static object Of(CxrIndex index) => new
    {
        Dataset = index.Name,
        Images = index.Count,
        Patients = index.PatientCount,
        Studies = Studies(index),
        Views = index.Records.GroupBy(record => record.View.ToString()).ToDictionary(group => group.Key, group => group.Count()),
        Labels = index.Totals().ToDictionary(total => total.Finding, total => new { total.Positive, total.Negative, total.Uncertain, total.Missing }),
        Boxes = index.Records.Sum(record => record.Boxes.Count),
        BoxedImages = index.Records.Count(record => record.Boxes.Count > 0),
        Masks = Masks(index),
        Reports = Reports(index),
        MissingImages = index.Records.Count(record => record.ImagePath is null),
        Warnings = index.Notes.Concat(ShortcutWarning.Check(index).Select(warning => $"shortcut: {warning}")),
    };

    /// <summary>The same for people: what the index says of itself, every label's four counts, and what is missing.</summary>
    internal static string Text(CxrIndex index)
    {
        IEnumerable<string> labels = index.Totals().Select(total => FormattableString.Invariant($"{total.Finding,-30}{total.Positive,10:N0}{total.Negative,10:N0}{total.Uncertain,10:N0}{total.Missing,10:N0}"));
        return string.Join('\n',
        [
            .. index.ToString().Split('\n').Where(line => !line.StartsWith('├')), // labels and boxes follow below, in columns
            $"{"",-30}{"positive",10}{"negative",10}{"uncertain",10}{"missing",10}",
            .. labels,
            FormattableString.Invariant($"{Studies(index):N0} studies, {Masks(index):N0} masks, {Reports(index):N0} reports, {index.Records.Count(record => record.ImagePath is null):N0} rows without an image"),
            .. Boxes(index),
            .. ShortcutWarning.Check(index).Select(warning => $"shortcut: {warning}"),
        ]);
    }

    private static IEnumerable<string> Boxes(CxrIndex index)
    {
        var boxes = index.Records.SelectMany(record => record.Boxes).GroupBy(box => box.Finding).OrderByDescending(group => group.Count()).ToList();
        if (boxes.Count > 0) yield return FormattableString.Invariant($"{boxes.Sum(group => group.Count()):N0} boxes on {index.Records.Count(record => record.Boxes.Count > 0):N0} images: ") + string.Join(", ", boxes.Select(group => FormattableString.Invariant($"{group.Key} {group.Count():N0}")));
    }

    private static int Studies(CxrIndex index) => index.Records.Where(record => record.StudyId is not null).Select(record => (record.Source, record.PatientId, record.StudyId)).Distinct().Count();

    private static int Masks(CxrIndex index) => index.Records.Sum(record => record.Masks.Count);

    private static int Reports(CxrIndex index) => index.ReportsWithoutImage +
        index.Records.Where(record => record.ReportText is not null || record.ReportPath is not null)
            .Select(record => (record.Source, record.ReportPath ?? record.StudyId ?? record.ImageId)).Distinct().Count();
}
