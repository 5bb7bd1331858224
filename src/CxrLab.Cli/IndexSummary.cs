using CxrLab.Data;

namespace CxrLab.Cli;

/// <summary>The JSON of <c>cxrlab data describe</c>.</summary>
internal static class IndexSummary
{
    internal static object Of(CxrIndex index) => new
    {
        Dataset = index.Name,
        Images = index.Count,
        Patients = index.PatientCount,
        Views = index.Records.GroupBy(record => record.View.ToString()).ToDictionary(group => group.Key, group => group.Count()),
        Labels = index.Totals().ToDictionary(total => total.Finding, total => new { total.Positive, total.Negative, total.Uncertain, total.Missing }),
        Boxes = index.Records.Sum(record => record.Boxes.Count),
        BoxedImages = index.Records.Count(record => record.Boxes.Count > 0),
        MissingImages = index.Records.Count(record => record.ImagePath is null),
        Warnings = index.Notes,
    };
}
