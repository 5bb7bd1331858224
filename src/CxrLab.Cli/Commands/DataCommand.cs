using System.CommandLine;
using CxrLab.Data;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab data</c>: list, describe and make data sets.</summary>
internal static class DataCommand
{
    internal static Command Create() => new("data", "List, describe, check, split, merge and make data sets.") { List(), Describe(), CheckCommand.Create(), SplitCommand.Create(), MergeCommand.Create(), PhantomCommand.Create(), SamplesCommand.Create() };

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
}
