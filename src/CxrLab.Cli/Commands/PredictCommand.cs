using System.CommandLine;
using CxrLab.Data;
using CxrLab.Models;
using CxrLab.Training;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab predict</c>: probabilities for a folder of X-rays.</summary>
internal static class PredictCommand
{
    internal static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Run folder, or its best.safetensors." };
        var source = new DatasetArguments();
        var target = new Option<string>("--out") { Description = "PRED.csv to write.", Required = true };
        var command = new Command("predict", "Write PRED.csv (image, patient, one probability per finding) for all images of a data set.") { run };
        source.AddTo(command);
        command.Options.Add(target);
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            (CxrModel model, RunConfig config) = RunFolder.LoadModel(parsed.GetRequiredValue(run));
            using (model)
            {
                CxrIndex index = source.Read(parsed, ImageRule.Required).Relabel(config.LabelSet);
                Predictions predictions = null!;
                Progress.Run("predicting", share => predictions = Inference.Predict(model, config.EvaluationLoader(index), TorchRuntime.BestDevice(), share, cancellation));
                predictions.Save(parsed.GetRequiredValue(target));
                Console.WriteLine($"{predictions.Images.Count} images of {index.PatientCount} patients → {parsed.GetRequiredValue(target)}");
            }

            return CommandLine.Done;
        })));
        return command;
    }
}
