using System.Globalization;
using CxrLab.Reports;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Reports;

/// <summary>Alone in the process: what other tests hold at the time would be counted too.</summary>
[Collection(nameof(GlobalGenerator))]
public class ReportMemoryTests
{
    [Fact]
    public void MemoryStaysFlat_HoweverLongTheTable()
    {
        static IEnumerable<Report> Endless(int count)
        {
            for (int i = 0; i < count; i++) yield return Report.FromText(string.Create(CultureInfo.InvariantCulture, $"No effusion x{i}word. Nodule of {i} mm seen by Dr. y{i}z."), $"{i}");
        }

        using var folder = new TempFolder();
        var labeler = new ReportLabeler(LabelScheme.Nih);
        LabelCsv.Write(Endless(120_000).Select(labeler.Label), LabelScheme.Nih, folder.File("a.csv"));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        LabelCsv.Write(Endless(120_000).Select(labeler.Label), LabelScheme.Nih, folder.File("b.csv"));
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 20_000_000);
        Assert.Equal(File.ReadAllText(folder.File("a.csv")), File.ReadAllText(folder.File("b.csv")));
    }
}
