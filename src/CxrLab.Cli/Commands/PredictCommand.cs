using System.CommandLine;
using System.Globalization;
using CxrLab.Cli.Training;
using CxrLab.Data;
using CxrLab.Models;
using CxrLab.Training;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab predict</c>: probabilities for a folder of X-rays.</summary>
internal static class PredictCommand
{
    internal static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Run folder, its best.safetensors, or weights from elsewhere (.safetensors, .pt, .pth) with --model and --labels." };
        var source = new DatasetArguments();
        var target = new Option<string>("--out") { Description = "PRED.csv to write, or for a segmenter the folder of its masks.", Required = true };
        var command = new Command("predict", "Write PRED.csv (image, patient, one probability per finding) for all images of a data set; a segmenter writes a folder of lung masks.") { run };
        source.AddTo(command);
        var foreign = new ForeignWeights();
        command.Options.Add(target);
        foreign.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            (CxrModel model, RunConfig config) = RunFolder.LoadModel(parsed.GetRequiredValue(run), foreign.Config(parsed));
            using (model)
            {
                CxrIndex index = source.Read(parsed, ImageRule.Required);
                if (config.Task == LearningTask.Segment) return PredictMasks(model, config, index, parsed.GetRequiredValue(target), cancellation);
                index = index.Relabel(config.LabelSet);
                Predictions predictions = null!;
                Progress.Run("predicting", share => predictions = Inference.Predict(model, config.EvaluationLoader(index), TorchRuntime.BestDevice(), share, cancellation));
                predictions.Save(parsed.GetRequiredValue(target));
                Console.WriteLine($"{predictions.Images.Count} images of {index.PatientCount} patients → {parsed.GetRequiredValue(target)}");
            }

            return CommandLine.Done;
        })));
        return command;
    }

    private static int PredictMasks(CxrModel model, RunConfig config, CxrIndex index, string folder, CancellationToken cancellation)
    {
        List<(CxrRecord Record, string File, double Share)> written = Progress.While("outlining", () => MaskFiles.Write(Segmentation.Predict(model, config.PredictionLoader(index), TorchRuntime.BestDevice(), cancellation: cancellation), folder));
        File.WriteAllText(Path.Combine(folder, "masks.csv"), "image,patient,mask,lung_share\n" + string.Concat(written.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Record.ImageId},{one.Record.PatientId},{one.File},{one.Share:F4}\n"))));
        int empty = written.Count(one => one.Share == 0);
        Console.WriteLine($"{written.Count} outlines of {index.PatientCount} patients → {folder}, listed in masks.csv" + (empty > 0 ? $"; on {empty} no lung was found" : ""));
        return CommandLine.Done;
    }
}
