using System.CommandLine;
using CxrLab.Data;

namespace CxrLab.Cli.Commands;

/// <summary>The arguments that name a data set on disk; shared by all commands that read one.</summary>
internal sealed class DatasetArguments
{
    internal Argument<string> Dataset { get; } = new("dataset") { Description = "Name of the data set; 'cxrlab data list' shows all." };

    internal Argument<string> Root { get; } = new("root") { Description = "Its folder." };

    internal Option<string?> Table { get; } = new("--table") { Description = "Another table than the published one, relative to ROOT." };

    internal void AddTo(Command command)
    {
        command.Arguments.Add(Dataset);
        command.Arguments.Add(Root);
        command.Options.Add(Table);
    }

    internal DataSet Set(ParseResult parsed)
    {
        string name = parsed.GetRequiredValue(Dataset);
        return DataSets.All.Any(set => set.Name == name)
            ? DataSets.ByName(name)
            : throw new UsageException($"There is no data set '{name}'; there are: {string.Join(", ", DataSets.All.Select(set => set.Name))}.");
    }

    internal CxrIndex Read(ParseResult parsed, ImageRule images) => Set(parsed).Read(parsed.GetRequiredValue(Root), images, parsed.GetValue(Table));
}
