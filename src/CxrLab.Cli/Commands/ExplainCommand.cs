using System.CommandLine;
using CxrLab.Cli.Explaining;
using CxrLab.Data;
using CxrLab.Explain;
using CxrLab.Models;
using CxrLab.Training;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab explain</c>: heat maps of boxed images, held against the readers' boxes and against answers that never looked.</summary>
internal static class ExplainCommand
{
    internal static Command Create()
    {
        var run = new Argument<string>("run") { Description = "Run folder, or its best.safetensors." };
        var source = new DatasetArguments();
        var method = new Option<string>("--method") { Description = $"One of {string.Join(", ", ExplanationCatalog.Names)}.", DefaultValueFactory = _ => "grad-cam" };
        var layer = new Option<string?>("--layer") { Description = "Layer to look at, such as features.denseblock3; the last features where not given." };
        var rule = new Option<string>("--rule") { Description = "From heat to boxes: zhou, wang, fraction:F of the maximum, or top:P percent of the pixels.", DefaultValueFactory = _ => "fraction:0.5" };
        var target = new Option<string>("--out") { Description = "Folder for overlay PNGs, boxes.csv, localisation.csv and worst.html.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print the table as JSON." };
        var command = new Command("explain", "Overlay PNGs with the readers' boxes (green) and the heat map's (orange), and a localisation table beside a blind mean box.") { run };
        source.AddTo(command);
        foreach (Option option in new Option[] { method, layer, rule, target, json }) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            Explanation explanation = Choose(parsed.GetRequiredValue(method), parsed.GetValue(layer));
            BoxRule boxes = Rule(parsed.GetRequiredValue(rule));
            string folder = parsed.GetRequiredValue(target);
            (CxrModel model, RunConfig config) = RunFolder.LoadModel(parsed.GetRequiredValue(run));
            using (model)
            {
                CxrIndex index = source.Read(parsed, ImageRule.Required);
                IReadOnlyList<LocalisationRow> rows = [];
                Progress.Run("explaining", share => rows = new ExplainJob(model, config, explanation, boxes, config.Trainer.Seed).Run(index, folder, share, cancellation));
                if (parsed.GetValue(json)) Output.Json(new { Method = explanation.Name, Rule = parsed.GetRequiredValue(rule), Rows = rows });
                else Print(rows, folder);
            }

            return CommandLine.Done;
        })));
        return command;
    }

    private static Explanation Choose(string name, string? layer)
    {
        if (!ExplanationCatalog.Names.Contains(name)) throw new UsageException($"--method {name}: there are {string.Join(", ", ExplanationCatalog.Names)}.");
        return (ExplanationCatalog.ByName(name), layer) switch
        {
            (Explanation any, null) => any,
            (GradientCam cam, _) => cam with { Layer = layer },
            (EigenCam cam, _) => cam with { Layer = layer },
            (ScoreCam cam, _) => cam with { Layer = layer },
            (AblationCam cam, _) => cam with { Layer = layer },
            _ => throw new UsageException($"--layer {layer}: {name} doesn't look at a layer."),
        };
    }

    private static BoxRule Rule(string text)
    {
        try
        {
            return BoxRule.Parse(text);
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"--rule {text}: {error.Message}");
        }
    }

    private static void Print(IReadOnlyList<LocalisationRow> rows, string folder)
    {
        Console.WriteLine("Means with 95 % intervals over patients. The blind rows never look at the picture: they know the boxes of the other patients.");
        LocalisationTable.Print(rows);
        Console.WriteLine($"overlays, boxes.csv, localisation.csv and worst.html → {folder}");
    }
}
