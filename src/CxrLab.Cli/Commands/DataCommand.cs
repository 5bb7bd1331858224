using System.CommandLine;
using CxrLab.Data;
using CxrLab.Phantom;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab data</c>: list, describe and make data sets.</summary>
internal static class DataCommand
{
    internal static Command Create() => new("data", "List, describe, check, split, merge and make data sets.") { List(), Describe(), CheckCommand.Create(), SplitCommand.Create(), MergeCommand.Create(), MakePhantom() };

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("list", "The data sets that CxrLab reads.") { json };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            if (parsed.GetValue(json)) Output.Json(DataSets.All.Select(set => new { set.Name, set.Title, set.Size, set.Terms, set.Citation, set.Home }));
            else foreach (DataSet set in DataSets.All) Console.WriteLine($"{set.Name,-10} {set.Title}");
            return CommandLine.Done;
        }));
        return command;
    }

    private static Command Describe()
    {
        var source = new DatasetArguments();
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("describe", "What a data set on disk holds: images, patients, views, labels, boxes, and what is missing or odd.") { json };
        source.AddTo(command);
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            CxrIndex index = Progress.While("reading tables and folders", () => source.Read(parsed, ImageRule.Optional));
            if (parsed.GetValue(json)) Output.Json(IndexSummary.Of(index));
            else Console.WriteLine(IndexSummary.Text(index));
            return CommandLine.Done;
        }));
        return command;
    }

    private static Command MakePhantom()
    {
        var target = new Argument<string>("out") { Description = "Folder to write; must not exist or be empty." };
        var count = new Option<int>("--count") { Description = "Images.", DefaultValueFactory = _ => 240 };
        var seed = new Option<int>("--seed") { Description = "Same seed, same pixels.", DefaultValueFactory = _ => 2021 };
        var size = new Option<int>("--size") { Description = "Rows and columns.", DefaultValueFactory = _ => 128 };
        var layout = new Option<string>("--layout") { Description = "nih: one truth, boxes and masks. vindr: three of five made-up readers per image.", DefaultValueFactory = _ => "nih" };
        layout.AcceptOnlyFromAmong("nih", "vindr");
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an older phantom in OUT." };
        var command = new Command("phantom", "Make a synthetic chest X-ray data set in a published layout, with what is really there under truth/.") { target, count, seed, size, layout, overwrite };
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            var options = new PhantomOptions { Count = parsed.GetValue(count), Seed = parsed.GetValue(seed), Size = parsed.GetValue(size), Overwrite = parsed.GetValue(overwrite) };
            string root = parsed.GetRequiredValue(target);
            Progress.Run("drawing", share =>
            {
                var told = new CountedProgress(options.Count, share);
                if (parsed.GetValue(layout) == "vindr") VinDrLayout.Write(root, options, told, cancellation);
                else NihLayout.Write(root, options, told, cancellation);
            });
            Console.WriteLine($"{options.Count} images of {options.Size} × {options.Size} pixels written to {root} (seed {options.Seed}).");
            return CommandLine.Done;
        })));
        return command;
    }

    private sealed class CountedProgress(int count, Action<double> share) : IProgress<int>
    {
        public void Report(int value) => share((double)value / count);
    }
}
