using System.Diagnostics;
using System.Text.Json;
using CxrLab.Tests.Models;
using Xunit;

namespace CxrLab.Tests.Cli;

/// <summary>The real program, started as a process.</summary>
public class CommandTests
{
    [Fact]
    public void Train_Predict_Explain_Evaluate_OnTheSample_GoTogether()
    {
        using var folder = new TempFolder();
        string run = folder.File("run"), pred = folder.File("pred.csv"), truth = folder.File("truth.csv");
        string[] train = ["train", "nih", Sample.Nih, "--labels", "Cardiomegaly,Effusion", "--size", "32", "--epochs", "2", "--split", "patient:1", "--out", run];
        Assert.Equal(0, Run(train).Code);
        Assert.All(["config.json", "split.csv", "log.jsonl", "checkpoint.safetensors", "best.safetensors", "predictions.csv", "card.html"], name => Assert.True(File.Exists(Path.Combine(run, name)), name));
        Assert.Equal(2, Run(train).Code);                              // a run isn't overwritten
        Assert.Equal(0, Run([.. train, "--resume"]).Code);             // nothing left to do

        Assert.Equal(0, Run("predict", run, "nih", Sample.Nih, "--out", pred).Code);
        Predictions predictions = Predictions.Load(pred);
        Assert.Equal((240, 2), (predictions.Images.Count, predictions.Labels.Count));

        Assert.Equal(0, Run("explain", run, "nih", Sample.Nih, "--method", "cam", "--out", folder.File("overlays")).Code);
        Assert.True(Directory.GetFiles(folder.File("overlays"), "*.png").Length > 10);
        Assert.All(["boxes.csv", "localisation.csv", "worst.html"], name => Assert.True(File.Exists(Path.Combine(folder.File("overlays"), name)), name));
        (int explained, string table) = Run("explain", run, "nih", Sample.Nih, "--method", "layer-cam", "--layer", "features.relu3", "--rule", "zhou", "--json", "--out", folder.File("more"));
        Assert.Equal(0, explained);
        JsonElement[] rows = [.. JsonDocument.Parse(table).RootElement.GetProperty("rows").EnumerateArray()];
        Assert.Equal(6, rows.Length); // two findings, each by the map, the mean box and the mean map
        Assert.All(rows, row => Assert.InRange(row.GetProperty("scores").GetProperty("iou>0.1").GetProperty("value").GetDouble(), row.GetProperty("scores").GetProperty("iou>0.1").GetProperty("low").GetDouble(), row.GetProperty("scores").GetProperty("iou>0.1").GetProperty("high").GetDouble()));
        Assert.Equal(2, Run("explain", run, "nih", Sample.Nih, "--method", "magic", "--out", folder.File("none")).Code);
        Assert.Equal(2, Run("explain", run, "nih", Sample.Nih, "--rule", "magic", "--out", folder.File("none")).Code);
        Assert.Equal(2, Run("explain", run, "nih", Sample.Nih, "--method", "cam", "--layer", "features.relu3", "--out", folder.File("none")).Code);
        (int unsuitable, string why) = Run("explain", run, "nih", Sample.Nih, "--method", "pcam", "--out", folder.File("none"));
        Assert.Equal(1, unsuitable);
        Assert.Contains("PCAM", why, StringComparison.Ordinal);

        File.WriteAllLines(truth, ["image,patient,Cardiomegaly,view,age,sex", .. CxrLab.Data.NihChestXray14.Read(Sample.Nih).Records.Select(record =>
            $"{record.ImageId},{record.PatientId},{(record.Labels[1] == LabelState.Positive ? 1 : 0)},{record.View},{record.Age},{record.Sex}")]);
        (int code, string json) = Run("evaluate", pred, truth, "--json");
        Assert.Equal(0, code);
        JsonElement label = JsonDocument.Parse(json).RootElement.GetProperty("labels").GetProperty("Cardiomegaly");
        Assert.All(["n", "positives", "auroc", "low", "high", "averagePrecision", "brier", "ece"], key => Assert.True(label.TryGetProperty(key, out _), key));
        Assert.True(JsonDocument.Parse(json).RootElement.GetProperty("baseline").TryGetProperty("Cardiomegaly", out _));
    }

    [Fact]
    public void Describe_Json_HasTheAgreedKeys()
    {
        (int code, string json) = Run("data", "describe", "nih", Sample.Nih, "--json");
        Assert.Equal(0, code);
        JsonElement root = JsonDocument.Parse(json).RootElement;
        Assert.Equal(240, root.GetProperty("images").GetInt32());
        Assert.Equal(25, root.GetProperty("labels").GetProperty("Cardiomegaly").GetProperty("positive").GetInt32());
    }

    [Theory]
    [InlineData(2, "nonsense")]
    [InlineData(2, "data", "describe", "no-such-set", "x")]
    [InlineData(1, "data", "describe", "nih", "no/such/folder")]
    [InlineData(2, "train", "nih", "x")]
    public void BadInput_HasTheAgreedExitCode(int expected, params string[] arguments) => Assert.Equal(expected, Run(arguments).Code);

    [Fact]
    public void Doctor_OnThisMachine_IsContent() => Assert.Equal(0, Run("doctor").Code);

    [Fact]
    public void Doctor_GuardSwitchedOffByTheUser_FailsWithTheRemedy()
    {
        if (TorchRuntime.CachesVisible) Assert.Skip("This CPU shows its caches; its convolutions are right without a guard.");
        (int code, string output) = Run(["doctor"], "AVX2");
        Assert.Equal(1, code);
        Assert.Contains("Unset ONEDNN_MAX_CPU_ISA", output, StringComparison.Ordinal);
    }

    internal static (int Code, string Text) Run(params string[] arguments) => Run(arguments, null);

    internal static (int Code, string Text) Run(string[] arguments, string? guard)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CxrLab.Cli.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove(TorchRuntime.GuardVariable);
        if (guard is not null) start.Environment[TorchRuntime.GuardVariable] = guard;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + (process.ExitCode == 0 ? "" : errors.GetAwaiter().GetResult()));
    }
}
