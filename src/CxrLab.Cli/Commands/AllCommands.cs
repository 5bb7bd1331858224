using System.CommandLine;

namespace CxrLab.Cli.Commands;

/// <summary>The list of commands; a new one is a new file and one line here.</summary>
internal static class AllCommands
{
    private static readonly (string Name, Func<Command> Create)[] Makers =
    [
        ("doctor", DoctorCommand.Create),
        ("data", DataCommand.Create),
        ("train", TrainCommand.Create),
        ("predict", PredictCommand.Create),
        ("explain", ExplainCommand.Create),
        ("evaluate", EvaluateCommand.Create),
        ("ensemble", EnsembleCommand.Create),
        ("weights", WeightsCommand.Create),
        ("reports", ReportsCommand.Create),
    ];

    /// <summary>
    /// The one command that the line begins with, or all of them. Making only one keeps libtorch, which the networks' commands load,
    /// out of those that read tables: 100 MB and half a second.
    /// </summary>
    internal static IEnumerable<Command> Create(string? first)
    {
        var chosen = Makers.Where(maker => maker.Name == first).ToList();
        return (chosen.Count == 1 ? chosen : [.. Makers]).Select(maker => maker.Create());
    }
}
