using System.CommandLine;
using CxrLab.Data;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab data merge</c>: several data sets under one label set, as one table.</summary>
internal static class MergeCommand
{
    internal static Command Create()
    {
        var sources = new Argument<string[]>("sources") { Description = "NAME=ROOT of each data set.", Arity = ArgumentArity.OneOrMore };
        var labels = new Option<string>("--labels") { Description = "Label set to reach: nih or chexpert.", DefaultValueFactory = _ => "nih" };
        var target = new Option<string>("--out") { Description = "Table to write; read it again as 'merged'.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("merge",
            "Merge data sets through the crosswalk. Columns: source,image,patient,study,path,view,age,sex,part, then one per finding with 1, 0, -1 (uncertain) or blank. " +
            "Patients become source:id. Boxes, masks and reports stay with the sources. Read the result with 'cxrlab data describe merged FILE'.") { sources, labels, target, json };
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            string wanted = parsed.GetRequiredValue(labels);
            if (wanted is not ("nih" or "chexpert")) throw new UsageException($"--labels {wanted}: expected nih or chexpert.");
            (DataSet Set, string Root)[] named = [.. parsed.GetRequiredValue(sources).Select(Parse)];
            var indexes = new List<CxrIndex>();
            Progress.Run("reading", share =>
            {
                foreach ((DataSet set, string root) in named)
                {
                    cancellation.ThrowIfCancellationRequested();
                    indexes.Add(set.Read(root, ImageRule.Optional, null).Harmonise(wanted));
                    share((double)indexes.Count / named.Length);
                }
            });
            CxrIndex merged = CxrIndex.Merge(MergedTable.Name, indexes);
            cancellation.ThrowIfCancellationRequested();
            MergedTable.Write(merged, parsed.GetRequiredValue(target));
            if (parsed.GetValue(json)) Output.Json(IndexSummary.Of(merged));
            else Console.WriteLine(IndexSummary.Text(merged));
            return CommandLine.Done;
        })));
        return command;
    }

    private static (DataSet Set, string Root) Parse(string text)
    {
        if (text.Split('=', 2) is not [string name, string root]) throw new UsageException($"'{text}': expected NAME=ROOT, such as nih=data/nih.");
        return DataSets.All.Any(set => set.Name == name)
            ? (DataSets.ByName(name), root)
            : throw new UsageException($"There is no data set '{name}'; there are: {string.Join(", ", DataSets.All.Select(set => set.Name))}.");
    }
}
