using System.Globalization;
using System.IO.Compression;
using CxrLab.Reports;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Reports;

public class ReportFilesTests
{
    private const string Xml = """
        <?xml version="1.0" encoding="utf-8"?>
        <eCitation>
          <uId id="CXR10" />
          <MedlineCitation><Article><Abstract>
            <AbstractText Label="COMPARISON">Effusion in 2010.</AbstractText>
            <AbstractText Label="INDICATION">Pneumonia?</AbstractText>
            <AbstractText Label="FINDINGS">The heart is enlarged. No effusion &amp; no edema.</AbstractText><AbstractText Label="IMPRESSION">Cardiomegaly.</AbstractText>
          </Abstract></Article></MedlineCitation>
          <MeSH><major>Pneumothorax/apex/left</major><automatic>Nodule</automatic></MeSH>
          <parentImage id="CXR10_IM-0002-1001"><caption>Pneumonia</caption></parentImage>
        </eCitation>
        """;

    [Fact]
    public void OpenIXml_IsReadBySection_WithoutTheTagsThatPeopleGave()
    {
        using var folder = new TempFolder();
        string whole = folder.File("1.xml"), bare = folder.File("2.xml");
        File.WriteAllText(whole, Xml);
        int from = Xml.IndexOf("<MeSH>", StringComparison.Ordinal), to = Xml.IndexOf("</MeSH>", StringComparison.Ordinal) + "</MeSH>".Length;
        File.WriteAllText(bare, Xml.Remove(from, to - from));
        var labeler = new ReportLabeler(LabelScheme.Nih);
        LabeledReport with = labeler.Label(OpenIReports.Read(whole)), without = labeler.Label(OpenIReports.Read(bare));
        Assert.Equal("CXR10", with.Report.Id);
        Assert.Equal(without.Labels, with.Labels);
        Assert.Equal(without.ToString(), with.ToString());
        Assert.Equal(LabelState.Positive, with["Cardiomegaly"]);
        Assert.Equal(LabelState.Negative, with["Edema"]);
        Assert.Equal(LabelState.Missing, with["Pneumothorax"]);
        Assert.Equal(LabelState.Missing, with["Pneumonia"]);
    }

    [Theory]
    [InlineData("<eCitation><uId id=\"CXR1\"/>", "1.xml, line 1")]
    [InlineData("<other/>", "neither a uId nor an AbstractText")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]><eCitation><uId id=\"x\"/><AbstractText>&b;</AbstractText></eCitation>", "no readable XML")]
    [InlineData("", "no readable XML")]
    public void BrokenXml_IsRefusedByName(string text, string problem)
    {
        using var folder = new TempFolder();
        string file = folder.File("1.xml");
        File.WriteAllText(file, text);
        Assert.Contains(problem, Assert.Throws<DataFormatException>(() => OpenIReports.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void XmlFiles_AreTakenByNumber()
    {
        using var folder = new TempFolder();
        foreach (string name in (string[])["10.xml", "2.xml", "1.xml"]) File.WriteAllText(folder.File(name), Xml);
        Assert.Equal(["1.xml", "2.xml", "10.xml"], OpenIReports.Files(Path.GetDirectoryName(folder.File("x"))!).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("id,findings,impression\nA,No edema.,Effusion.\n", null, "A", 2, "'findings' and 'impression'")]
    [InlineData("study_id,Impression\n7,Effusion.\n", null, "7", 1, "'Impression'")]
    [InlineData("id,notes\nA,\"IMPRESSION: Effusion.\"\n", null, "A", 1, "'notes'")]
    [InlineData("id,other,notes\nA,x,Effusion.\n", "notes", "A", 1, "'notes'")]
    [InlineData("Report Impression\n\"Effusion,\nwith a line break.\"\n", null, "1", 1, "'Report Impression'")]
    [InlineData("\"Effusion on the left, small.\"\n", null, "1", 1, "no header")]
    public void TheColumn_IsFoundOrNamed_AndSaidSo(string table, string? column, string id, int sections, string choice)
    {
        using var folder = new TempFolder();
        string file = folder.File("reports.csv");
        File.WriteAllText(file, table);
        using var reports = new ReportTable(file, column);
        Assert.Contains(choice, reports.Choice, StringComparison.Ordinal);
        Report report = Assert.Single(reports.Read());
        Assert.Equal(id, report.Id);
        Assert.Equal(sections, report.Sections.Count);
        Assert.Equal(LabelState.Positive, new ReportLabeler(LabelScheme.CheXpert).Label(report)["Pleural Effusion"]);
    }

    [Theory]
    [InlineData("", "the table is empty")]
    [InlineData("id,a,b\n1,2,3\n", "name the right one with --column")]
    [InlineData("id,findings,impression\nA,Clear.,Normal.\nB,Clear.\n", "line 3: the row has 2 of 3 fields")]
    public void ABadTable_IsRefusedByName(string table, string problem)
    {
        using var folder = new TempFolder();
        string file = folder.File("reports.csv");
        File.WriteAllText(file, table);
        Assert.Contains(problem, Assert.Throws<DataFormatException>(() =>
        {
            using var reports = new ReportTable(file);
            _ = reports.Read().Count();
        }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AGzippedTableCutOff_IsRefusedByName()
    {
        using var folder = new TempFolder();
        string file = folder.File("reports.csv.gz");
        using (var zip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        using (var text = new StreamWriter(zip))
        {
            text.WriteLine("id,findings,impression");
            for (int i = 0; i < 20_000; i++) text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{i},Finding {i * 7919},No effusion {i}."));
        }

        using (var cut = new FileStream(file, FileMode.Open)) cut.SetLength(cut.Length / 2);
        var error = Assert.Throws<DataFormatException>(() =>
        {
            using var reports = new ReportTable(file);
            _ = reports.Read().Count();
        });
        Assert.True(error.Line > 1);
        Assert.Contains("reports.csv.gz", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailureOnTheWay_KeepsTheOldTable()
    {
        using var folder = new TempFolder();
        string file = folder.File("labels.csv");
        File.WriteAllText(file, "old");
        var labeler = new ReportLabeler(LabelScheme.Nih);
        IEnumerable<LabeledReport> Failing()
        {
            yield return labeler.Label("No effusion.");
            throw new IOException("the disk went away");
        }

        Assert.Throws<IOException>(() => LabelCsv.Write(Failing(), LabelScheme.Nih, file, folder.File("why.csv")));
        Assert.Equal("old", File.ReadAllText(file));
        Assert.Equal(["labels.csv"], folder.Names());
    }
}
