using System.CommandLine;
using CxrLab.Cli.Training;
using CxrLab.Data;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab data split</c>: a patient split as a table, and how much it leaks: nothing, but see for yourself.</summary>
internal static class SplitCommand
{
    internal static Command Create()
    {
        var source = new DatasetArguments();
        var split = new Option<string>("--split") { Description = "patient:SEED, patient:SEED:FOLD/K or official.", DefaultValueFactory = _ => "patient:0" };
        var target = new Option<string>("--out") { Description = "Table to write: image,patient,part.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("split", "Write split.csv so that no patient is in two parts, and compare with a split by image.") { split, target, json };
        source.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            CxrIndex index = source.Read(parsed, ImageRule.Optional);
            PatientSplit parts = SplitChoice.Parse(parsed.GetRequiredValue(split), index, source.Set(parsed), parsed.GetRequiredValue(source.Root)).Split
                ?? throw new UsageException("--split folds:K makes no single table; name one fold with patient:SEED:FOLD/K.");
            LeakMeter leak = LeakMeter.Measure(parts.Train, parts.Test);
            LeakySplit leaky = index.LeakyImageSplit(0);
            LeakMeter byImage = LeakMeter.Measure(leaky.Train, leaky.Test);
            cancellation.ThrowIfCancellationRequested();
            string file = parsed.GetRequiredValue(target);
            parts.Save(file);
            if (parsed.GetValue(json))
            {
                Output.Json(new
                {
                    Split = parts.Name,
                    Out = file,
                    Parts = parts.Parts.ToDictionary(part => part.Part, part => new { Images = part.Index.Count, Patients = part.Index.PatientCount }),
                    Leak = leak.Share,
                    LeakByImage = byImage.Share,
                });
            }
            else
            {
                Console.WriteLine($"{parts}\nthis split:       {leak}\nsplit by image:   {byImage}\nwritten to {file}");
            }

            return CommandLine.Done;
        })));
        return command;
    }
}
