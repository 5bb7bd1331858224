using System.CommandLine;

namespace CxrLab.Cli.Commands;

/// <summary>The list of commands; a new one is a new file and one line here.</summary>
internal static class AllCommands
{
    internal static IEnumerable<Command> Create() =>
    [
        DoctorCommand.Create(),
        DataCommand.Create(),
        TrainCommand.Create(),
        PredictCommand.Create(),
        ExplainCommand.Create(),
        EvaluateCommand.Create(),
        ReportsCommand.Create(),
    ];
}
