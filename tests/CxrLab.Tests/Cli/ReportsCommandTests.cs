using System.Text.Json;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Cli;

/// <summary><c>cxrlab reports</c>, started as a process.</summary>
public class ReportsCommandTests
{
    private const string Table = "id,findings,impression\nA,\"The heart is enlarged, no effusion.\",Cardiomegaly.\nB,Lungs clear.,Normal chest.\nC,Possible nodule.,Cannot exclude a nodule.\nD,,\n";

    [Fact]
    public void Label_WritesTheAgreedColumnsAndValues_AndScoreReadsThem()
    {
        using var folder = new TempFolder();
        string input = folder.File("in.csv"), output = folder.File("out.csv");
        File.WriteAllText(input, Table);
        (int code, string json) = CommandTests.Run("reports", "label", input, output, "--scheme", "nih", "--explain", "--json");
        Assert.Equal(0, code);
        Assert.Equal((4, 1, 1), (Number(json, "reports"), Number(json, "normal"), Number(json, "empty")));
        Assert.Equal(
        [
            "id,Atelectasis,Cardiomegaly,Effusion,Infiltration,Mass,Nodule,Pneumonia,Pneumothorax,Consolidation,Edema,Emphysema,Fibrosis,Pleural_Thickening,Hernia,normal",
            "A,,1,0,,,,,,,,,,,,0", "B,,,,,,,,,,,,,,,1", "C,,,,,,-1,,,,,,,,,0", "D,,,,,,,,,,,,,,,",
        ], File.ReadAllLines(output));
        Assert.Contains(File.ReadAllLines(folder.File("out.explain.csv")), line => line.StartsWith("A,findings,26,8,effusion,pleural effusion,0,", StringComparison.Ordinal));

        (code, json) = CommandTests.Run("reports", "score", output, output, "--json");
        Assert.Equal(0, code);
        Assert.Equal(1, JsonDocument.Parse(json).RootElement.GetProperty("micro").GetProperty("f1").GetDouble());
    }

    [Fact]
    public void CheXpert_IsTheDefault_AndNamesItsOwnLabels()
    {
        using var folder = new TempFolder();
        string input = folder.File("in.csv"), output = folder.File("out.csv");
        File.WriteAllText(input, Table);
        (int code, string text) = CommandTests.Run("reports", "label", input, output);
        Assert.Equal(0, code);
        Assert.Contains("'findings' and 'impression'", text, StringComparison.Ordinal);
        Assert.StartsWith("id,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,", File.ReadAllLines(output)[0], StringComparison.Ordinal);
        Assert.Equal("A,,,1,,,,,,,,,,,,0", File.ReadAllLines(output)[1]); // the impression alone
    }

    [Theory]
    [InlineData(1, "label", "missing.csv", "out.csv")]
    [InlineData(2, "label", "in.csv", "out.csv", "--scheme", "padchest")]
    [InlineData(1, "label", "in.csv", "out.csv", "--column", "nothing")]
    [InlineData(2, "label", ".", "out.csv", "--column", "text")]
    [InlineData(1, "score", "in.csv", "in.csv")]
    public void BadInput_HasTheAgreedExitCode_AndLeavesNoFile(int expected, params string[] arguments)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("in.csv"), Table);
        string[] placed = [.. arguments.Select(argument => argument.EndsWith(".csv", StringComparison.Ordinal) || argument == "." ? folder.File(argument) : argument)];
        Assert.Equal(expected, CommandTests.Run(["reports", .. placed]).Code);
        Assert.Equal(["in.csv"], folder.Names());
    }

    private static int Number(string json, string key) => JsonDocument.Parse(json).RootElement.GetProperty(key).GetInt32();
}
