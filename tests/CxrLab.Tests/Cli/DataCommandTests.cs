using System.Text.Json;
using CxrLab.Data;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Cli;

/// <summary><c>cxrlab data</c>, started as a process.</summary>
public class DataCommandTests
{
    private static string[] Keys(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    [Fact]
    public void List_Json_HasTermsAndCitationOfEverySet()
    {
        (int code, string json) = CommandTests.Run("data", "list", "--json");
        Assert.Equal(0, code);
        JsonElement root = JsonDocument.Parse(json).RootElement;
        Assert.Equal(DataSets.All.Select(set => set.Name), root.EnumerateArray().Select(set => set.GetProperty("name").GetString()));
        Assert.All(root.EnumerateArray(), set => Assert.Equal(["name", "title", "size", "terms", "citation", "home"], Keys(set)));
    }

    [Fact]
    public void Describe_Json_HasExactlyTheAgreedKeys()
    {
        JsonElement root = JsonDocument.Parse(CommandTests.Run("data", "describe", "nih", Sample.Nih, "--json").Text).RootElement;
        Assert.Equal(["dataset", "images", "patients", "studies", "views", "labels", "boxes", "boxedImages", "masks", "reports", "missingImages", "warnings"], Keys(root));
        Assert.All(root.GetProperty("labels").EnumerateObject(), label =>
        {
            Assert.Equal(["positive", "negative", "uncertain", "missing"], Keys(label.Value));
            Assert.Equal(240, label.Value.EnumerateObject().Sum(count => count.Value.GetInt32()));
        });
        Assert.Equal(240, root.GetProperty("views").EnumerateObject().Sum(view => view.Value.GetInt32()));
    }

    [Fact]
    public void Split_WritesATableThatSharesNoPatient()
    {
        using var folder = new TempFolder();
        string file = folder.File("split.csv");
        (int code, string json) = CommandTests.Run("data", "split", "nih", Sample.Nih, "--split", "patient:7", "--out", file, "--json");
        Assert.Equal(0, code);
        JsonElement root = JsonDocument.Parse(json).RootElement;
        Assert.Equal(["split", "out", "parts", "leak", "leakByImage"], Keys(root));
        Assert.Equal(0, root.GetProperty("leak").GetDouble());
        Assert.True(root.GetProperty("leakByImage").GetDouble() > 0);
        string[][] rows = [.. File.ReadLines(file).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(240, rows.Length);
        Assert.All(rows.GroupBy(row => row[1]), patient => Assert.Single(patient.Select(row => row[2]).Distinct()));
    }

    [Fact]
    public void Merge_ResultIsReadAgainAsMerged()
    {
        using var folder = new TempFolder();
        string file = folder.File("merged.csv");
        Assert.Equal(0, CommandTests.Run("data", "merge", $"nih={Sample.Nih}", "--labels", "chexpert", "--out", file).Code);
        (int code, string json) = CommandTests.Run("data", "describe", "merged", file, "--json");
        Assert.Equal(0, code);
        JsonElement root = JsonDocument.Parse(json).RootElement;
        Assert.Equal((240, 0), (root.GetProperty("images").GetInt32(), root.GetProperty("missingImages").GetInt32()));
        Assert.Equal(25, root.GetProperty("labels").GetProperty("Cardiomegaly").GetProperty("positive").GetInt32());
        Assert.Equal(240, root.GetProperty("labels").GetProperty("Fracture").GetProperty("missing").GetInt32());
    }

    [Fact]
    public void Merge_TwoSetsAsJson_CountsBoth()
    {
        using var folder = new TempFolder();
        (int code, string json) = CommandTests.Run("data", "merge", $"nih={Sample.Nih}", $"vindr={Sample.VinDr}", "--out", folder.File("merged.csv"), "--json");
        Assert.Equal(0, code);
        using JsonDocument summary = JsonDocument.Parse(json[json.IndexOf('{', StringComparison.Ordinal)..]);
        Assert.Equal(360, summary.RootElement.GetProperty("images").GetInt32());
        JsonElement fibrosis = summary.RootElement.GetProperty("labels").GetProperty("Fibrosis");
        Assert.InRange(fibrosis.GetProperty("positive").GetInt32(), 1, 40);
        Assert.Equal((360, 0), (fibrosis.GetProperty("positive").GetInt32() + fibrosis.GetProperty("negative").GetInt32(), fibrosis.GetProperty("missing").GetInt32()));
        JsonElement mass = summary.RootElement.GetProperty("labels").GetProperty("Mass"); // VinDr's one label for nodules and masses says only where there is neither
        Assert.True(mass.GetProperty("missing").GetInt32() is > 0 and < 120);
    }

    [Fact]
    public void Check_BrokenFileAndACopy_AreNamedAndTheCodeIsOne()
    {
        using var folder = new TempFolder();
        string root = folder.File("nih");
        Directory.CreateDirectory(Path.Combine(root, "images"));
        foreach (string table in Directory.GetFiles(Sample.Nih, "*.csv")) File.Copy(table, Path.Combine(root, Path.GetFileName(table)));
        string[] images = [.. NihChestXray14.Read(Sample.Nih).Records.Take(4).Select(record => record.ImagePath!)];
        foreach (string image in images) File.Copy(image, Path.Combine(root, "images", Path.GetFileName(image)));
        Assert.Equal(0, CommandTests.Run("data", "check", "nih", root).Code);

        File.Copy(images[0], Path.Combine(root, "images", Path.GetFileName(images[1])), overwrite: true);
        File.WriteAllText(Path.Combine(root, "images", Path.GetFileName(images[2])), "no image");
        (int code, string json) = CommandTests.Run("data", "check", "nih", root, "--json");
        Assert.Equal(1, code);
        JsonElement report = JsonDocument.Parse(json).RootElement;
        Assert.Equal(["dataset", "opened", "missingImages", "broken", "duplicates", "labelOddities", "warnings"], Keys(report));
        Assert.Contains(Path.GetFileName(images[2]), Assert.Single(report.GetProperty("broken").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Contains(report.GetProperty("duplicates").EnumerateArray(), pair => pair.GetProperty("exact").GetBoolean()
            && pair.GetProperty("first").GetString() == Path.GetFileName(images[0]) && pair.GetProperty("second").GetString() == Path.GetFileName(images[1]));
    }

    [Fact]
    public void Phantom_WithEveryOption_IsReadByItsReader()
    {
        using var folder = new TempFolder();
        string root = folder.File("openi");
        Assert.Equal(0, CommandTests.Run("data", "phantom", root, "--layout", "openi", "--count", "4", "--seed", "9", "--size", "64", "--difficulty", "0.2",
            "--shortcut", "marker,tube", "--shortcut-finding", "Effusion", "--dicom").Code);
        CxrIndex index = OpenI.Read(root);
        Assert.Equal(4, index.Count);
        Assert.All(index.Records, record => Assert.Equal(64, record.ReadImage().Width));
        Assert.Equal(1, CommandTests.Run("data", "phantom", root, "--layout", "openi", "--count", "1", "--size", "64").Code); // not over a full folder
        Assert.Equal(0, CommandTests.Run("data", "phantom", root, "--count", "1", "--size", "64", "--overwrite").Code);
    }

    [Theory]
    [InlineData(2, "data", "merge", "nih", "--out", "x.csv")]
    [InlineData(2, "data", "merge", "nope=x", "--out", "x.csv")]
    [InlineData(2, "data", "merge", "nih=x", "--labels", "padchest", "--out", "x.csv")]
    [InlineData(1, "data", "merge", "nih=no/such/folder", "--out", "x.csv")]
    [InlineData(2, "data", "split", "nih", "x")]
    [InlineData(2, "data", "phantom", "no/such/folder", "--layout", "nih", "--dicom")]
    [InlineData(2, "data", "phantom", "no/such/folder", "--layout", "chexpert", "--16bit")]
    [InlineData(2, "data", "phantom", "no/such/folder", "--shortcut", "halo")]
    [InlineData(2, "data", "phantom", "no/such/folder", "--size", "20")]
    [InlineData(1, "data", "check", "nih", "no/such/folder")]
    public void BadInput_HasTheAgreedExitCode(int expected, params string[] arguments) => Assert.Equal(expected, CommandTests.Run(arguments).Code);
}
